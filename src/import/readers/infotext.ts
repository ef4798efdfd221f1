import { decide, fills } from '../draft.ts';
import { draftInfotext, hasParameters } from '../infotext/parse-infotext.ts';
import { readExtras } from '../infotext/read-pieces.ts';
import type { Found, Source, SourceText } from './reader.ts';

/** The chunks that the Extras tab of the WebUI writes: "extras" before 1.6. */
const extrasKeywords = ['postprocessing', 'extras'];

/** Finds an infotext where writers put it, and what the Extras tab did to the picture afterwards. */
export function findInfotext(source: Source): Found | undefined {
  return find(
    source,
    source.find((each) => infotextKeywords.includes(each.keyword) && isInfotext(each)),
  );
}

/** Finds an infotext under any other keyword: tools that convert a picture bring it to where their format has texts. */
export function findElsewhere(source: Source): Found | undefined {
  return find(source, source.find(isInfotext));
}

function find(source: Source, text: SourceText | undefined): Found | undefined {
  const extras = source.filter(({ keyword }) => extrasKeywords.includes(keyword));
  const enlarging = extras.flatMap((each) => readExtras(each.text, [each.keyword]));
  const upscale = fills(enlarging, 'upscale');
  if (text === undefined) {
    if (!upscale) return undefined;
    return {
      detection: { writer: 'AUTOMATIC1111 WebUI', version: null, certainty: 'certain' },
      taken: extras,
      read: () => ({ readings: enlarging, decided: { ...decide({ upscale }), txt2img_enabled: false } }),
    };
  }
  const { detection, draft } = draftInfotext(text.text);
  const isProject = source.some(({ keyword }) => keyword === 'smproj');
  return {
    detection: isProject ? { writer: 'StabilityMatrix', version: null, certainty: 'certain' } : detection,
    taken: upscale ? [text, ...extras] : [text],
    read: () => ({
      readings: [...draft.readings, ...enlarging],
      decided: upscale ? { ...draft.decided, upscale_enabled: true } : draft.decided,
    }),
  };
}

const infotextKeywords = ['', 'parameters'];

function isInfotext({ text, json }: SourceText): boolean {
  return json === undefined && hasParameters(text);
}
