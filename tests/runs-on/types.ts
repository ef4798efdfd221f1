import {
  buildStagePlan,
  explainStagePlan,
  RunConfig,
  type StageExecutionPlan,
  verifyStagePlan,
} from 'stageplan';
import { toFlow } from 'stageplan/bullmq';
import { toComfyPrompt } from 'stageplan/comfyui';
import { importFile } from 'stageplan/import';
import { canonicalSequence } from 'stageplan/machines';
import { planSweep } from 'stageplan/sweep';
import { legalPlans } from 'stageplan/testing';
import { drawSequence } from 'stageplan/visualizations';
import { toWebuiRequests } from 'stageplan/webui';

const plan: StageExecutionPlan = buildStagePlan({ txt2img_enabled: true, prompt: 'a lighthouse' });
const steps: number = RunConfig.parse({ txt2img_enabled: true, prompt: 'a lighthouse' }).steps;
// @ts-expect-error A number of steps is no text: with types that became any, it would be.
const text: string = RunConfig.parse({ txt2img_enabled: true, prompt: 'a lighthouse' }).steps;
// @ts-expect-error A plan has no such field.
const nothing = plan.no_such_field;

console.log(
  steps,
  text,
  nothing,
  explainStagePlan,
  verifyStagePlan,
  toComfyPrompt,
  toWebuiRequests,
  importFile,
);
console.log(planSweep, canonicalSequence, legalPlans, drawSequence, toFlow);
