import type { JsonObject } from '../../src/index.ts';
import { JsonObject as Json } from '../../src/json.ts';
import { duplicateKeys, mayRepeatKeys } from '../../src/json-text.ts';
import { renderPath } from '../../src/path.ts';
import { visible } from '../../src/visible.ts';

/** A RunConfig larger than this is not read: the page would only grow slow. */
const largestConfig = 262_144;

export type ReadConfig =
  | { readonly success: true; readonly config: JsonObject }
  | { readonly success: false; readonly message: string };

/** Reads a RunConfig from text. Its fields are judged later, by the library; here it only has to be an object, with each key once. */
export function readConfig(text: string): ReadConfig {
  if (text.length > largestConfig)
    return refuse(`This is longer than ${largestConfig / 1024} KiB, so it was not read.`);
  try {
    const parsed = Json.safeParse(JSON.parse(text));
    if (!parsed.success) return refuse(`A RunConfig ${parsed.error.issues[0]?.message ?? 'is an object'}.`);
    const [repeated] = repeatedKeysIn(text, parsed.data);
    return repeated === undefined
      ? { success: true, config: parsed.data }
      : refuse(`${repeated} Keep one of them.`);
  } catch (error) {
    return refuse(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What a text of JSON loses where a key stands in it twice. */
export function repeatedKeysIn(text: string, value: unknown): readonly string[] {
  if (!mayRepeatKeys(text, value)) return [];
  return duplicateKeys(text).map(
    ({ path, lost }) =>
      `${renderPath(path)} stands twice, and its first value, ${visible(lost).slice(0, 60)}, is lost.`,
  );
}

function refuse(message: string): ReadConfig {
  return { success: false, message };
}
