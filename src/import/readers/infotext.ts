import { decide, fills } from '../draft.ts';
import { draftInfotext, hasParameters } from '../infotext/parse-infotext.ts';
import { readExtras } from '../infotext/read-pieces.ts';
import type { Found, Source, SourceText } from './reader.ts';

/** The chunks that the Extras tab of the WebUI writes: "extras" before 1.6. */
const extrasKeywords = ['postprocessing', 'extras'];

/** Finds an infotext, and what the Extras tab did to the picture afterwards. */
export function findInfotext(source: Source): Found | undefined {
  const text = source.find((each) => isInfotext(each));
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

function isInfotext({ keyword, text, json }: SourceText): boolean {
  return infotextKeywords.includes(keyword) && json === undefined && hasParameters(text);
}
