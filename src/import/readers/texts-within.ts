import { hasAny } from './entries.ts';
import { remarkOnOthers } from './other-texts.ts';
import type { Found, Source, SourceText } from './reader.ts';
import { sourceText } from './source.ts';

/** Keywords of PNGs, which tell an object of texts from any other JSON. */
const keywords = [
  'Comment',
  'generation_data',
  'invokeai_metadata',
  'parameters',
  'parameters-json',
  'sd-metadata',
  'workflow',
];

/**
 * Finds a run among texts that stand in one object: what converts a PNG keeps its chunks so in the EXIF of another image,
 * and what lists them in a file of JSON. The texts in it that are not read are noted as those of an image are.
 */
export function findWithin(source: Source, find: (texts: Source) => Found | undefined): Found | undefined {
  for (const text of source) {
    const texts = textsIn(text);
    const found = find(texts);
    if (found === undefined) continue;
    return {
      ...found,
      taken: [text],
      read: () => {
        const draft = found.read();
        return { ...draft, readings: [...draft.readings, ...remarkOnOthers(texts, found)] };
      },
    };
  }
  return undefined;
}

function textsIn({ json }: SourceText): Source {
  if (json === undefined || !hasAny(json, ...keywords)) return [];
  return Object.entries(json).map(([keyword, value]) =>
    sourceText(keyword, typeof value === 'string' ? value : JSON.stringify(value)),
  );
}
