import { buildStagePlan, definePlanner, defineStage, verifyStagePlan } from 'stageplan';
import { policyContext, type SequencePolicies, type StateMeta } from 'stageplan/machines';
import { setup } from 'xstate';

type Event =
  | { type: 'stage.txt2img' }
  | { type: 'stage.adetailer' }
  | { type: 'stage.upscale' }
  | { type: 'stage.second_detail' }
  | { type: 'plan.finished' };

/** Details at the size of generation, enlarges, and details what the enlarging made up. Each but the first is optional. */
const detailTwice = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as Event,
    meta: {} as StateMeta<Event['type']>,
  },
}).createMachine({
  id: 'detailTwice',
  context: policyContext,
  initial: 'start',
  states: {
    start: {
      description: 'Nothing is planned yet.',
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: { 'stage.txt2img': { target: 'txt2img' } },
    },
    txt2img: {
      description: 'Generation comes first.',
      meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' },
      on: {
        'stage.adetailer': { target: 'adetailer' },
        'stage.upscale': { target: 'upscale' },
        'plan.finished': { target: 'complete' },
      },
    },
    adetailer: {
      description: 'Faces are whole before they are enlarged.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: { 'stage.upscale': { target: 'upscale' }, 'plan.finished': { target: 'complete' } },
    },
    upscale: {
      description: 'Enlarging comes between the two repairs.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: { 'stage.second_detail': { target: 'second_detail' }, 'plan.finished': { target: 'complete' } },
    },
    second_detail: {
      description: 'Repairs what the upscaler made of small faces. Nothing may follow it.',
      meta: { stage_type: 'second_detail', pass: null, takes: 'image', gives: 'image' },
      on: { 'plan.finished': { target: 'complete' } },
    },
    complete: {
      description: 'The plan is whole.',
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});

export const detailPlanner = definePlanner({
  sequence: detailTwice,
  stages: [defineStage({ stage_type: 'second_detail', like: 'adetailer' })],
});

const plan = detailPlanner.buildStagePlan({
  txt2img_enabled: true,
  adetailer_enabled: true,
  upscale_enabled: true,
  second_detail_enabled: true,
  adetailer: { model: 'face_yolov8n.pt' },
  second_detail: { model: 'hand_yolov8n.pt', denoising_strength: 0.2 },
});

for (const { id, stage_config } of plan.stages)
  console.log(stage_config.stage_type === 'adetailer' ? `${id}: ${stage_config.detectors[0]?.model}` : id);

// Whoever reads the plan needs the machine, and no definition: the stage says what it is like.
const copy: unknown = JSON.parse(JSON.stringify(plan));
console.log(verifyStagePlan(copy, { sequence: detailTwice }).valid);
console.log(buildStagePlan({ txt2img_enabled: true }, { sequence: detailTwice }).events.join(', '));
