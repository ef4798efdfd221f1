import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { buildStagePlan, canonicalSequence, RunConfig, sequenceFingerprint } from '../../src/index.ts';
import { handWrittenPlan } from './hand-written-plan.ts';

const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
const fingerprint = sequenceFingerprint(canonicalSequence);

// At most twice as long as by hand: each with reading the config.
describe('the full chain of examples/full-chain.json', () => {
  bench('RunConfig.parse alone', () => {
    RunConfig.parse(config);
  });

  bench('RunConfig.parse, then a builder written by hand', () => {
    handWrittenPlan(RunConfig.parse(config), fingerprint);
  });

  bench('buildStagePlan, which parses too', () => {
    buildStagePlan(config);
  });
});
