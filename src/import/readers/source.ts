import { isPlainObject, JsonObject } from '../../json.ts';
import { repeatedIn } from '../read-json-text.ts';
import type { SourceText } from './reader.ts';

/** A text under a keyword, and, where it is one, as JSON. */
export function sourceText(keyword: string, text: string): SourceText {
  const json = parseObject(text);
  return { keyword, text, json, repeated: json === undefined ? [] : repeatedIn(withoutEnd(text), json) };
}

function parseObject(text: string): SourceText['json'] {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return asObject(JSON.parse(withoutEnd(text)));
  } catch {
    return undefined;
  }
}

function withoutEnd(text: string): string {
  return text.replace(/\0{1,8}$/, '');
}

/** A value that is an object of plain JSON, at most 64 levels deep. */
export function asObject(value: unknown): SourceText['json'] {
  return isPlainObject(value) && JsonObject.safeParse(value).success ? value : undefined;
}
