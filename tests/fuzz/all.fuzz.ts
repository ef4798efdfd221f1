import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzedCommand } from './command.ts';
import { fuzzedImports } from './imports.ts';
import { fuzzedPlans } from './plans.ts';

/** The cases of one round of a property: few enough that all properties take turns. */
const casesOfRound = 200;

const targets = [...fuzzedPlans, ...fuzzedImports, ...fuzzedCommand];

test('every property holds for fresh seeds, for as long as was asked', async () => {
  let seed = Number(process.env.STAGEPLAN_FUZZ_SEED);
  const end = Date.now() + Number(process.env.STAGEPLAN_FUZZ_MINUTES) * 60_000;
  const tried = new Map(targets.map(({ name }) => [name, 0]));
  const failed: string[] = [];
  while (Date.now() < end)
    for (const { name, property, share = 1 } of targets) {
      seed += 1;
      const numRuns = Math.ceil(casesOfRound * share);
      const outcome = await fc.check(property, { seed, numRuns });
      tried.set(name, (tried.get(name) ?? 0) + outcome.numRuns);
      if (!outcome.failed) continue;
      const report = `${name}, seed ${seed}:\n${await fc.asyncDefaultReportMessage(outcome)}`;
      console.error(report);
      failed.push(report);
    }
  console.table(Object.fromEntries([...tried].map(([name, cases]) => [name, { cases }])));
  expect(failed).toEqual([]);
});
