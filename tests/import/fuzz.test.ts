import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  importFile,
  importImage,
  importStableNew,
  importStableNewRuns,
  parseInfotext,
  readJsonText,
} from '../../src/import/index.ts';
import { images, infotext, json, mutate, mutateText, mutation, orRefused } from './hostile-inputs.ts';
import { lostLeaves } from './lost-leaves.ts';
import { nameOf, samples, textOf } from './samples.ts';
import { jobRecord, packPreset } from './stablenew-fixtures.ts';

describe('whatever the input is', () => {
  test('StableNew imports without a loss that no note names, or fails with a stated reason', () => {
    fc.assert(
      fc.property(json, (input) => {
        const imported = orRefused(() => importStableNew(input));
        if (imported !== undefined) expect(lostLeaves(input, imported)).toEqual([]);
        orRefused(() => importStableNewRuns(input));
      }),
      { numRuns: 1000 },
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
      { numRuns: 500 },
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
      { numRuns: 2500 },
    );
  });
});
