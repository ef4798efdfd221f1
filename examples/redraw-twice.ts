import { definePlanner, defineStage } from 'stageplan';
import { policyContext, type SequencePolicies, type StateMeta } from 'stageplan/machines';
import { setup } from 'xstate';

type Event =
  | { type: 'stage.txt2img' }
  | { type: 'stage.img2img' }
  | { type: 'stage.second_img2img' }
  | { type: 'plan.finished' };

/** Redraws the composition, then the surface. An existing image may take the place of txt2img. */
const redrawTwice = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as Event,
    meta: {} as StateMeta<Event['type']>,
  },
  guards: { externalInput: ({ context }) => context.externalInput },
}).createMachine({
  id: 'redrawTwice',
  context: policyContext,
  initial: 'start',
  states: {
    start: {
      description: 'Nothing is planned yet.',
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: {
        'stage.txt2img': { target: 'txt2img' },
        'stage.img2img': { guard: 'externalInput', target: 'img2img' },
      },
    },
    txt2img: {
      description: 'Generation comes first.',
      meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' },
      on: {
        'stage.img2img': { target: 'img2img' },
        'plan.finished': { target: 'complete' },
      },
    },
    img2img: {
      description: 'The composition is settled first, with a strong redraw.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.second_img2img': { target: 'second_img2img' },
        'plan.finished': { target: 'complete' },
      },
    },
    second_img2img: {
      description: 'The surface comes last, with a weak redraw.',
      meta: { stage_type: 'second_img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'plan.finished': { target: 'complete' },
      },
    },
    complete: {
      description: 'The plan is whole.',
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});

export const redrawPlanner = definePlanner({
  sequence: redrawTwice,
  stages: [defineStage({ stage_type: 'second_img2img', like: 'img2img' })],
});

const plan = redrawPlanner.buildStagePlan({
  img2img_enabled: true,
  second_img2img_enabled: true,
  input_image: 'sketch.png',
  img2img: { denoising_strength: 0.7, prompt: 'a lighthouse, oil on canvas' },
  second_img2img: { denoising_strength: 0.2, steps: 12 },
});

for (const { id, stage_config } of plan.stages)
  if (stage_config.stage_type === 'img2img')
    console.log(`${id}: denoise ${stage_config.denoising_strength}, ${stage_config.steps} steps`);
