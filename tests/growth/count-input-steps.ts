import {
  buildStagePlan,
  explainStagePlan,
  repairStageOrder,
  safeBuildStagePlan,
  verifyStageOrder,
  verifyStagePlan,
} from 'stageplan';
import { importFile } from 'stageplan/import';
import { growingInputs } from './inputs.ts';
import { stepCounter } from './step-counter.ts';

// Runs in a process of its own, on the built package, and prints the steps that every kind of input takes as it doubles.

const library = {
  safeBuildStagePlan,
  explainStagePlan,
  verifyStagePlan,
  repairStageOrder,
  verifyStageOrder,
  importFile,
};
const plan = buildStagePlan({ txt2img_enabled: true });
const takeSteps = stepCounter((url) => url.startsWith('file:'));

const rows = growingInputs.map(({ what, prepare }) => ({
  what,
  steps: [64, 128, 256, 512].map((size) => {
    const run = prepare(library, plan, size);
    takeSteps();
    run();
    return takeSteps();
  }),
}));

console.log(JSON.stringify(rows));
