import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  InvalidImportError,
  importFile,
  importImage,
  importStableNew,
  importStableNewRuns,
  parseInfotext,
  readJsonText,
  UnknownShapeError,
  UnreadableGraphError,
  UnreadableImageError,
  UnreadableInputError,
} from '../../src/import/index.ts';
import { jpeg, png, pngChunk, textChunk, unicodeComment, webp } from './image-files.ts';
import { lostLeaves } from './lost-leaves.ts';
import { nameOf, samples, textOf } from './samples.ts';
import { jobRecord, packPreset } from './stablenew-fixtures.ts';

const stated = [
  InvalidImportError,
  UnknownShapeError,
  UnreadableGraphError,
  UnreadableImageError,
  UnreadableInputError,
];

/** The result, or undefined where it throws an error that is stated. Any other error is a crash. */
function orRefused<Result>(run: () => Result): Result | undefined {
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
const { json } = fc.letrec((tie) => ({
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

const infotext =
  'a, b\nNegative prompt: c\nSteps: 20, Sampler: Euler a, Size: 512x512, Model: "a, b", ADetailer model: f.pt';
const images = [
  png(textChunk('parameters', infotext), pngChunk('eXIf', Uint8Array.of(77, 77, 0, 42, 0, 0, 0, 8, 0, 0))),
  jpeg(unicodeComment(infotext)),
  webp(unicodeComment(infotext)),
];
const mutation = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) });

function mutate(
  bytes: Uint8Array,
  changes: readonly { at: number; byte: number }[],
  length: number,
): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const { at, byte } of changes) copy[at % copy.length] = byte;
  return copy.subarray(0, Math.max(1, copy.length - (length % copy.length)));
}

function mutateText(text: string, cut: number, paste: string, at: number): string {
  const start = at % text.length;
  return text.slice(0, start) + paste + text.slice(start + (cut % 20));
}

describe('whatever the input is', () => {
  test('StableNew imports without a loss that no note names, or fails with a stated reason', () => {
    fc.assert(
      fc.property(json, (input) => {
        const imported = orRefused(() => importStableNew(input));
        if (imported !== undefined) expect(lostLeaves(input, imported)).toEqual([]);
        orRefused(() => importStableNewRuns(input));
      }),
      { numRuns: 2000 },
    );
  });

  test('JSON text with a piece cut out and another put in is read or refused', () => {
    const texts = [packPreset, jobRecord].map((run) => JSON.stringify(run, null, 1));
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.string({ maxLength: 8 }),
        fc.nat(),
        (text, cut, paste, at) => {
          const input = orRefused(() => readJsonText(mutateText(text, cut, paste, at)));
          if (input !== undefined) orRefused(() => importStableNewRuns(input));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('an infotext with a piece cut out and another put in is read or refused', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'binary', maxLength: 8 }), fc.nat(), (cut, paste, at) => {
        orRefused(() => parseInfotext(mutateText(infotext, cut, paste, at)));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(samples.map((sample) => [nameOf(sample), textOf(sample)] as const))(
    '%s with a piece cut out and another put in is read or refused',
    (_name, text) => {
      const pastes = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.constantFrom('[', '{"', '",', '\n', 'null', '["1", 0]'),
      );
      fc.assert(
        fc.property(fc.nat(), pastes, fc.nat(), (cut, paste, at) => {
          orRefused(() => importFile(new TextEncoder().encode(mutateText(text, cut, paste, at))));
        }),
        { numRuns: 100 },
      );
    },
  );

  test('an image with other bytes, or with its end cut off, is read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...images),
        fc.array(mutation, { maxLength: 6 }),
        fc.oneof(fc.constant(0), fc.nat()),
        (bytes, changes, length) => {
          orRefused(() => importImage(mutate(bytes, changes, length)));
        },
      ),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['colons', ':'.repeat(500_000)],
    ['commas', ','.repeat(500_000)],
    ['open brackets', 'a:{,'.repeat(100_000)],
    ['open quotes', 'a:",'.repeat(100_000)],
    ['escapes', `a:"${'\\'.repeat(500_000)}`],
    ['spaces', `a:${' '.repeat(500_000)}b`],
    ['keys without values', 'word '.repeat(100_000)],
    ['lines', 'Steps: a\n'.repeat(50_000)],
  ])('half a million characters of %s take less than five seconds', (_what, text) => {
    const start = performance.now();
    orRefused(() => parseInfotext(`Steps: 20, ${text}`));
    orRefused(() => parseInfotext(text));
    orRefused(() => readJsonText(text));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
