import fc from 'fast-check';
import {
  importFile,
  importImage,
  importStableNew,
  importStableNewRuns,
  parseInfotext,
} from '../../src/import/index.ts';
import { safeParseRunConfig } from '../../src/index.ts';
import { images, infotext, json, mutate, mutateText, mutation, orRefused } from '../import/hostile-inputs.ts';
import { lostLeaves } from '../import/lost-leaves.ts';
import { samples, textOf } from '../import/samples.ts';
import type { Target } from './target.ts';

const pastes = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '[',
    '{"',
    '",',
    '\n',
    'null',
    '["1", 0]',
    '{}',
    '-1',
    '1e400',
    '"__proto__":',
    '\u0000',
    '<lora:a:1>',
  ),
);

const texts = [...samples.map(textOf), infotext];

/** Some pieces cut out, and others put in. */
const mutatedText = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(), pastes, fc.nat()), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, changes]) => changes.reduce((all, [cut, paste, at]) => mutateText(all, cut, paste, at), text));

export const fuzzedImports: readonly Target[] = [
  {
    name: 'importFile: every reader reads or refuses, and its runs are RunConfigs',
    property: fc.property(mutatedText, (text) => {
      const imported = orRefused(() => importFile(new TextEncoder().encode(text)));
      for (const each of imported?.runs ?? []) {
        if (each.success && !safeParseRunConfig(each.run.config).success)
          throw new Error('Its run is no RunConfig.');
      }
    }),
  },
  {
    name: 'importImage: other bytes and cut ends are read or refused',
    property: fc.property(
      fc.constantFrom(...images),
      fc.array(mutation, { maxLength: 6 }),
      fc.oneof(fc.constant(0), fc.nat()),
      (bytes, changes, length) => {
        orRefused(() => importImage(mutate(bytes, changes, length)));
      },
    ),
  },
  {
    name: 'importStableNew: no loss that no note names',
    property: fc.property(json, (input) => {
      const imported = orRefused(() => importStableNew(input));
      if (imported !== undefined && lostLeaves(input, imported).length > 0)
        throw new Error('Something is lost.');
      orRefused(() => importStableNewRuns(input));
    }),
  },
  {
    name: 'parseInfotext: any text is read or refused',
    property: fc.property(fc.oneof(mutatedText, fc.string({ unit: 'binary' })), (text) => {
      orRefused(() => parseInfotext(text));
    }),
  },
];
