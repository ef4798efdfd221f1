import fc from 'fast-check';
import {
  InvalidImportError,
  UnknownShapeError,
  UnreadableGraphError,
  UnreadableImageError,
  UnreadableInputError,
} from '../../src/import/index.ts';
import { jpeg, png, pngChunk, textChunk, unicodeComment, webp } from './image-files.ts';

const stated = [
  InvalidImportError,
  UnknownShapeError,
  UnreadableGraphError,
  UnreadableImageError,
  UnreadableInputError,
];

/** The result, or undefined where it throws an error that is stated. Any other error is a crash. */
export function orRefused<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (stated.some((type) => error instanceof type)) return undefined;
    throw error;
  }
}

const words = fc.constantFrom(
  ...['txt2img', 'img2img', 'upscale', 'adetailer', 'pipeline', 'hires_fix', 'refiner', 'config', 'stages'],
  ...[
    'stage_chain',
    'enabled',
    'steps',
    'model',
    'ad_steps',
    'ad_use_steps',
    'hands_model',
    'enable_hands_pass',
  ],
  ...[
    'adetailer_configs',
    'metadata',
    'sampler_name',
    'scheduler',
    'upscale_enabled',
    'refiner_switch_steps',
  ],
  ...['__proto__', 'constructor', 'toString', 'extra', 'stage_type', 'input_image_paths', 'preset_data'],
);
/** JSON of any shape, with the keys that importers look for. */
export const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      0.5,
      20,
      80,
      1e308,
      '',
      'None',
      'txt2img',
      'Euler a Karras',
      'm [0123ab]',
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(words, tie('json')), { maxLength: 8 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

export const infotext =
  'a, b\nNegative prompt: c\nSteps: 20, Sampler: Euler a, Size: 512x512, Model: "a, b", ADetailer model: f.pt';
/** Images of each format with that infotext. */
export const images = [
  png(textChunk('parameters', infotext), pngChunk('eXIf', Uint8Array.of(77, 77, 0, 42, 0, 0, 0, 8, 0, 0))),
  jpeg(unicodeComment(infotext)),
  webp(unicodeComment(infotext)),
];
/** One byte put in another's place. */
export const mutation = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) });

/** A copy with other bytes, and its end cut off. */
export function mutate(
  bytes: Uint8Array,
  changes: readonly { at: number; byte: number }[],
  length: number,
): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const { at, byte } of changes) copy[at % copy.length] = byte;
  return copy.subarray(0, Math.max(1, copy.length - (length % copy.length)));
}

/** A text with a piece cut out and another put in. */
export function mutateText(text: string, cut: number, paste: string, at: number): string {
  const start = at % text.length;
  return text.slice(0, start) + paste + text.slice(start + (cut % 20));
}
