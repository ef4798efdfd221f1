import {
  buildStagePlan,
  explainStagePlan,
  safeBuildStagePlan,
  verifyStageOrder,
  verifyStagePlan,
} from 'stageplan';
import { sequenceOf } from '../growth/machines.ts';

// Runs in a process of its own with --expose-gc, on the built package, and prints how many bytes stay after calls of
// each kind, none of which is like another.

const plan = buildStagePlan({ txt2img_enabled: true });

const calls: Readonly<Record<string, (round: number) => unknown>> = {
  options: (round) => safeBuildStagePlan({}, { [`option${round}`]: 'x'.repeat(1000) } as object),
  runs: (round) => explainStagePlan({ [`key${round}`]: round, prompt: `${round}`.repeat(1000) }),
  plans: (round) => verifyStagePlan({ ...plan, events: [`stage.${round}${'x'.repeat(1000)}`] }),
  orders: (round) => verifyStageOrder([`stage${round}`, 'x'.repeat(1000)]),
  machines: (round) => {
    const stage = { stage: 'txt2img', on: { 'plan.finished': 'complete' } };
    const sequence = sequenceOf(`machine${round}`, {
      start: { stage: null, on: { 'stage.txt2img': 'only', [`stage.other${round}`]: 'other' } },
      only: stage,
      other: stage,
    });
    return buildStagePlan({ txt2img_enabled: true }, { sequence });
  },
  'an event of 1 MB': (round) =>
    round % 25 === 0 && verifyStagePlan({ ...plan, events: [`stage.${round}${'x'.repeat(1_000_000)}`] }),
};

function heapAfter(run: (round: number) => unknown, from: number, rounds: number): number {
  for (let round = from; round < from + rounds; round += 1) run(round);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const kept = Object.entries(calls).map(([kind, run]) => {
  const before = heapAfter(run, 0, 500);
  return [kind, heapAfter(run, 500, 2000) - before];
});

console.log(JSON.stringify(Object.fromEntries(kept)));
