import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildStagePlan, canonicalSequence, RunConfig, sequenceFingerprint } from '../src/index.ts';
import { handWrittenPlan } from './bench/hand-written-plan.ts';

test('the hand-written builder of the bench gives the plan of the full chain', () => {
  const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
  const written = handWrittenPlan(RunConfig.parse(config), sequenceFingerprint(canonicalSequence));
  expect(written).toEqual(buildStagePlan(config));
});
