import { type Draft, decide, fills } from '../draft.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { extendTable, type FieldTable } from '../table/field-table.ts';
import { numberOr } from '../table/values.ts';
import type { InfotextParts } from './infotext-text.ts';
import { type InfotextParameter, parameterValue } from './parameters.ts';
import { readInfotext } from './read-infotext.ts';
import { readSizes } from './read-sizes.ts';
import { maskTable } from './webui-table.ts';
import { isAtLeast, webuiVersion } from './webui-version.ts';

/** Reads an infotext of the WebUI or one of its forks. Which stages there were is told by the keys that only they write. */
export function readWebui(table: FieldTable, parts: InfotextParts): Draft {
  const { parameters } = parts;
  const sizes = readSizes(parameters, ['hires_upscale_factor']);
  const marks = marksOf(parameters, sizes.enlarges);
  const strength = readStrength(parameters, marks);
  const masked = strength.img2img ? extendTable(maskTable, table) : table;
  const readings = [
    ...readInfotext(masked, parts),
    ...sizes.readings,
    ...strength.readings,
    ...(strength.img2img ? remarkOnMask(parameters) : []),
    ...readRefinerPass(parameters, marks.hires),
  ];
  const decided = decide({
    img2img: strength.img2img,
    hires: marks.hires,
    upscale: fills(readings, 'upscale'),
    adetailer: fills(readings, 'adetailer'),
    refiner: fills(readings, 'refiner_model_name'),
  });
  return { readings, decided };
}

/** A mask is a picture: what an infotext says of it counts only for whoever brings it. */
export function remarkOnMask(parameters: readonly InfotextParameter[]): readonly Reading[] {
  const keys = new Set(maskTable.fields.flatMap(([, , names]) => names.map((name) => name.toLowerCase())));
  return parameters
    .filter(({ key }) => keys.has(key.toLowerCase()))
    .map(({ key }) =>
      remark([key], 'dropped', 'is kept, but the mask that it is about is lost: the runner brings it'),
    );
}

/** The WebUI refines the hires pass alone unless `Hires refiner` says otherwise. */
function readRefinerPass(parameters: readonly InfotextParameter[], hires: boolean): readonly Reading[] {
  const refiner = parameters.find(({ key }) => key.toLowerCase() === 'refiner');
  if (!hires || refiner === undefined || parameterValue(parameters, 'hires refiner') !== undefined) return [];
  const told = remark(
    [refiner.key],
    'converted',
    'refines the hires pass alone: the WebUI does so unless it says otherwise',
  );
  return [...readField(['refiner_pass'], 'second', [refiner.key]), told];
}

interface Marks {
  readonly hires: boolean;
  readonly img2img: boolean;
  /** All marks of img2img are keys that old versions of ADetailer write into a txt2img as well. */
  readonly mayLeak: boolean;
}

const hiresMarks = ['hires upscaler', 'hires strength', 'hires steps'];

/** What only the img2img tab writes, and its scripts. Not `Conditional mask weight`: a txt2img of a checkpoint for inpainting has it. */
const img2imgMarks =
  /^(init image (size|hash)|mask blur|mask mode|inpaint area|masked (area padding|content)|inpainting fill|resize mode|soft inpainting enabled|noise multiplier|denoising strength change factor|(ultimate )?sd upscale .{1,40})$/;

const img2imgScripts =
  /^(ultimate sd upscale|sd upscale|loopback|outpainting mk2|poor man's outpainting|img2img alternative test)$/i;

const leakedMarks: ReadonlySet<string> = new Set([
  'mask blur',
  'mask mode',
  'inpaint area',
  'masked area padding',
  'masked content',
]);

function marksOf(parameters: readonly InfotextParameter[], enlarges: boolean): Marks {
  const keys = parameters.map(({ key }) => key.toLowerCase());
  const found = keys.filter((key) => img2imgMarks.test(key));
  const byScript = img2imgScripts.test(parameterValue(parameters, 'script') ?? '');
  const byOperation = /\b(img2img|inpaint)\b/.test(parameterValue(parameters, 'operations') ?? '');
  return {
    hires: enlarges || keys.some((key) => hiresMarks.includes(key)),
    img2img: found.length > 0 || byScript || byOperation,
    mayLeak: found.length > 0 && !byScript && found.every((key) => leakedMarks.has(key)) && leaks(parameters),
  };
}

/**
 * ADetailer up to 24.3 on WebUI 1.8 or later writes the keys and the strength of its own inpainting into the infotext of
 * the picture. Source: its CHANGELOG at 24.4.0.
 */
function leaks(parameters: readonly InfotextParameter[]): boolean {
  if (parameterValue(parameters, 'adetailer model') === undefined) return false;
  const webui = webuiVersion(parameters);
  if (webui !== undefined && !isAtLeast(webui, [1, 8])) return false;
  const [, year = '0', month = '0'] =
    /^(\d{1,4})\.(\d{1,4})/.exec(parameterValue(parameters, 'adetailer version') ?? '') ?? [];
  if (Number(year) > 24 || (Number(year) === 24 && Number(month) > 3)) return false;
  const strength = parameterValue(parameters, 'denoising strength');
  const ofDetectors = parameters.filter(({ key }) => /^adetailer denoising strength/i.test(key));
  return strength === undefined || ofDetectors.some(({ value }) => numberOr(value) === numberOr(strength));
}

interface Strength {
  readonly img2img: boolean;
  readonly readings: readonly Reading[];
}

/** `Denoising strength` is that of hires or of img2img. Where that stays open, both readings are told. */
function readStrength(parameters: readonly InfotextParameter[], marks: Marks): Strength {
  const stated = parameters.filter(({ key }) => key.toLowerCase() === 'denoising strength');
  const [first] = stated;
  const { img2img, hires, mayLeak } = marks;
  if (first === undefined) return { img2img: img2img && !hires && !mayLeak, readings: [] };
  const as = (field: readonly string[]) =>
    stated.flatMap(({ key, value }) => readField(field, numberOr(value), [key]));
  const open = (why: string) => [remark([first.key], 'ambiguous', why)];
  if (hires && (mayLeak || !img2img)) {
    const also = mayLeak ? open("may be ADetailer's instead: versions before 24.4 overwrite it") : [];
    return { img2img: false, readings: [...as(['hires_denoise']), ...also] };
  }
  if (mayLeak) {
    const why = `may be ADetailer's, which versions before 24.4 write here, or that of img2img at ${first.value}: the former is taken, so there is no img2img`;
    return { img2img: false, readings: open(why) };
  }
  if (img2img && !hires) return { img2img: true, readings: as(['img2img', 'denoising_strength']) };
  if (img2img)
    return {
      img2img: false,
      readings: open(
        'belongs to hires or to img2img, and both are here: it is left out, and hires is on. It may be img2img instead',
      ),
    };
  return readLone(first, parameters, as);
}

/** Without a mark, the version tells: since 1.6 only hires and img2img write a strength, before 1.7 the API wrote 0. */
function readLone(
  { key, value }: InfotextParameter,
  parameters: readonly InfotextParameter[],
  as: (field: readonly string[]) => readonly Reading[],
): Strength {
  const version = webuiVersion(parameters);
  if (numberOr(value) === 0 && !isAtLeast(version, [1, 7])) {
    const why = 'is left out: the API of the WebUI wrote 0 for every txt2img before 1.7';
    return { img2img: false, readings: [remark([key], 'ignored', why)] };
  }
  if (isAtLeast(version, [1, 6])) {
    const why = 'tells that this is img2img: since WebUI 1.6 nothing else writes it without a key of hires';
    return {
      img2img: true,
      readings: [...as(['img2img', 'denoising_strength']), remark([key], 'converted', why)],
    };
  }
  const why = `belongs to hires or to img2img, and neither is told of here: either a txt2img, which is taken, or an img2img at ${value}`;
  return { img2img: false, readings: [remark([key], 'ambiguous', why)] };
}
