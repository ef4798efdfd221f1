import { type ComposedRun, composeRun, type ImportOptions } from '../compose-run.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { type InfotextParameter, splitInfotext } from './infotext-text.ts';
import { denoisingKey, numberOr, parameterValue, readInfotext } from './read-infotext.ts';

/**
 * Imports an infotext: the "parameters" that A1111's WebUI, Forge, reForge and SD.Next write into their images.
 *
 * Pure. `Denoising strength` belongs to hires or to img2img: where the text does not tell which, it is left out, and a
 * note says so. The path of a note is the key.
 *
 * @throws {UnreadableInputError} when it is too long, or has no parameters.
 * @throws {InvalidImportError} when a value is out of range: nothing is clamped.
 * @throws {LossyImportError} when the import is strict and something would be lost.
 * @example
 * parseInfotext('a lighthouse\nSteps: 24, Sampler: Euler a, Size: 512x768, Hires upscale: 2, Denoising strength: 0.4')
 *   .config.hires_denoise; // 0.4
 */
export function parseInfotext(text: string, options: ImportOptions = {}): ComposedRun {
  const parts = splitInfotext(text);
  const marks = marksOf(parts.parameters);
  const strengths = parts.parameters.filter(({ key }) => key.toLowerCase() === denoisingKey);
  const readings = [
    ...readInfotext(parts),
    ...strengths.flatMap((strength) => readDenoising(strength, marks)),
  ];
  const fills = (section: string) => readings.some((r) => r.kind === 'field' && r.field[0] === section);
  const isImg2img = marks.img2img && !marks.hires;
  const decided = {
    txt2img_enabled: !isImg2img,
    img2img_enabled: isImg2img,
    upscale_enabled: fills('upscale'),
    adetailer_enabled: fills('adetailer'),
    hires_enabled: marks.hires,
    refiner_enabled: fills('refiner_model_name'),
  };
  return composeRun(readings, decided, options);
}

interface Marks {
  readonly hires: boolean;
  readonly img2img: boolean;
}

const hiresMarks = ['hires upscale', 'hires scale', 'hires upscaler', 'hires strength'];
const img2imgMarks = [
  'init image size',
  'init image hash',
  'mask blur',
  'inpaint area',
  'masked content',
  'resize mode',
];

/** What only a hires pass, or only img2img, writes. SD.Next says which operations there were. */
function marksOf(parameters: readonly InfotextParameter[]): Marks {
  const operations = (parameterValue(parameters, 'operations') ?? '').split(/[;,] ?/);
  const keys = new Set(parameters.map(({ key }) => key.toLowerCase()));
  const resize = parameterValue(parameters, 'hires resize') ?? '0x0';
  return {
    hires: hiresMarks.some((mark) => keys.has(mark)) || operations.includes('hires') || resize !== '0x0',
    img2img:
      img2imgMarks.some((mark) => keys.has(mark)) ||
      ['img2img', 'inpaint'].some((op) => operations.includes(op)),
  };
}

function readDenoising({ key, value }: InfotextParameter, marks: Marks): readonly Reading[] {
  if (marks.hires !== marks.img2img) {
    const field = marks.hires ? ['hires_denoise'] : ['img2img', 'denoising_strength'];
    return readField(field, numberOr(value), [key]);
  }
  const both = marks.hires ? 'both are here' : 'neither is told of here';
  return [remark([key], 'ambiguous', `belongs to hires or to img2img, and ${both}: it is left out`)];
}
