import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { buildStagePlan, RunConfig } from '../../src/index.ts';

const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));

describe('the full chain of examples/full-chain.json', () => {
  bench('RunConfig.parse alone', () => {
    RunConfig.parse(config);
  });

  bench('buildStagePlan, which parses too', () => {
    buildStagePlan(config);
  });
});
