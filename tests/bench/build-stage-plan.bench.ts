import { bench, describe } from 'vitest';
import { buildStagePlan, RunConfig } from '../../src/index.ts';
import { everything } from '../fixtures.ts';

describe('a validated full chain', () => {
  bench('RunConfig.parse alone', () => {
    RunConfig.parse(everything);
  });

  bench('buildStagePlan, which parses too', () => {
    buildStagePlan(everything);
  });
});
