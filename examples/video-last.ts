import { definePlanner, defineStage } from 'stageplan';
import { policyContext, type SequencePolicies, type StateMeta } from 'stageplan/machines';
import { setup } from 'xstate';
import * as z from 'zod';

type Event =
  | { type: 'stage.txt2img' }
  | { type: 'stage.img2img' }
  | { type: 'stage.adetailer' }
  | { type: 'stage.upscale' }
  | { type: 'stage.animate' }
  | { type: 'plan.finished' };

/** StableNew 2.6: txt2img, img2img, ADetailer, upscale, each optional behind the first, and a video of the result. */
const videoLast = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as Event,
    meta: {} as StateMeta<Event['type']>,
  },
  guards: { externalInput: ({ context }) => context.externalInput },
}).createMachine({
  id: 'videoLast',
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
        'stage.adetailer': { target: 'adetailer' },
        'stage.upscale': { target: 'upscale' },
        'stage.animate': { target: 'animate' },
        'plan.finished': { target: 'complete' },
      },
    },
    img2img: {
      description: 'Redraws before anything is repaired.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.adetailer': { target: 'adetailer' },
        'stage.upscale': { target: 'upscale' },
        'stage.animate': { target: 'animate' },
        'plan.finished': { target: 'complete' },
      },
    },
    adetailer: {
      description: 'Repairs at the size of generation.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'upscale' },
        'stage.animate': { target: 'animate' },
        'plan.finished': { target: 'complete' },
      },
    },
    upscale: {
      description: 'Enlarges the finished picture.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.animate': { target: 'animate' },
        'plan.finished': { target: 'complete' },
      },
    },
    animate: {
      description: 'Makes a video of the picture. No stage takes a video, so nothing may follow it.',
      meta: { stage_type: 'animate', pass: null, takes: 'image', gives: 'video' },
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

export const videoPlanner = definePlanner({
  sequence: videoLast,
  stages: [
    defineStage({
      stage_type: 'animate',
      settings: z.strictObject({
        seconds: z.number().min(1).max(10).default(3),
        frames_per_second: z.int().min(8).max(60).default(24),
      }),
    }),
  ],
});

const plan = videoPlanner.buildStagePlan({
  txt2img_enabled: true,
  adetailer_enabled: true,
  upscale_enabled: true,
  animate_enabled: true,
  animate: { seconds: 5 },
});

for (const { id, stage_config, produces_output_image } of plan.stages)
  console.log(
    stage_config.stage_type === 'animate'
      ? `${id}: ${stage_config.settings.seconds} s of video, an image: ${produces_output_image}`
      : id,
  );
