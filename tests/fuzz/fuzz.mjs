import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

// npm run fuzz -- --minutes N: the properties of tests/fuzz with fresh seeds, one round after the other, for so long.
// --seed N begins with the seed that an earlier run printed.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(randomInt(2 ** 30)) },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes takes a number over 0.');
process.env.STAGEPLAN_FUZZ_MINUTES = String(minutes);
process.env.STAGEPLAN_FUZZ_SEED = values.seed;
console.log(`Seeds from ${values.seed} on.`);
const vitest = await startVitest('test', [], {
  config: 'tests/fuzz/vitest.config.ts',
  run: true,
  watch: false,
});
await vitest.close();
