import { type Reading, remark } from '../reading.ts';
import type { Found, Source } from './reader.ts';

/** Keywords of the format itself, and of programs that only save or change pictures. */
const unspoken =
  /^(author|comment|copyright|creation time|description|imagedescription|disclaimer|generation time|software|source|title|warning|fooocus_scheme|xml:com\.adobe\.xmp|raw profile type .{1,40}|(date|exif|icc|jpeg|png|tiff|xmp):.{1,60}|dpi|gamma|icc_profile)$/i;

const names: ReadonlyMap<string, string> = new Map([
  ['prompt', 'a graph of ComfyUI'],
  ['workflow', 'the drawing of a graph of ComfyUI'],
  ['smproj', 'a project of StabilityMatrix, which knows the size of the first pass'],
  ['parameters-json', 'the parameters of StabilityMatrix again'],
]);

/** A note on every text of an image that was not read. */
export function remarkOnOthers(source: Source, { taken, detection }: Found): readonly Reading[] {
  const read = taken.map(({ keyword }) => keyword).join(', ');
  return source
    .filter((text) => !taken.includes(text))
    .map((other) => {
      const { keyword, text } = other;
      if (text === '' && keyword === 'parameters')
        return remark([keyword], 'not_set', 'says nothing: it is empty');
      if (
        unspoken.test(keyword) ||
        (keyword === 'workflow' && taken.some((text) => text.keyword === 'prompt'))
      )
        return remark([keyword], 'ignored', 'is left out: it says nothing of the run');
      const twin = taken.find((each) => each.keyword === keyword);
      if (twin?.text === text) return remark([keyword], 'ignored', 'is left out: it stands there twice');
      if (twin !== undefined) {
        const place = source.indexOf(twin) < source.indexOf(other) ? 'first' : 'second';
        return remark(
          [keyword],
          'ambiguous',
          `stands there twice, and says another thing the second time: the ${place} is read`,
        );
      }
      const what = names.get(keyword) ?? 'another text';
      return remark(
        [keyword],
        'dropped',
        `is passed over: it is ${what}, and the run is read out of ${read} of ${detection.writer}`,
      );
    });
}
