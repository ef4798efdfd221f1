import { randomInt } from 'node:crypto';
import { definePlanner, defineStage, resolveSeeds } from 'stageplan';
import type { SequencePolicies, StateMeta } from 'stageplan/machines';
import { setup } from 'xstate';
import * as z from 'zod';

type Event =
  | { type: 'stage.txt2img' }
  | { type: 'stage.upscale' }
  | { type: 'stage.interpolate' }
  | { type: 'plan.finished' };

/** txt2img, then an optional upscale, then an optional interpolation into a short film. */
const filmSequence = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as Event,
    meta: {} as StateMeta<Event['type']>,
  },
}).createMachine({
  id: 'filmSequence',
  context: ({ input }) => input,
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
        'stage.upscale': { target: 'upscale' },
        'stage.interpolate': { target: 'interpolate' },
        'plan.finished': { target: 'complete' },
      },
    },
    upscale: {
      description: 'Frames are enlarged before there are many of them.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: { 'stage.interpolate': { target: 'interpolate' }, 'plan.finished': { target: 'complete' } },
    },
    interpolate: {
      description: 'A film is no image that another stage could take.',
      meta: { stage_type: 'interpolate', pass: null, takes: 'image', gives: 'image' },
      on: { 'plan.finished': { target: 'complete' } },
    },
    complete: {
      description: 'The plan is whole.',
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});

const interpolate = defineStage({
  stage_type: 'interpolate',
  switch: 'interpolate_enabled',
  settings: z.strictObject({ frames: z.int().min(2).max(64).default(8) }),
});

export const filmPlanner = definePlanner({ sequence: filmSequence, stages: [interpolate] });

const built = filmPlanner.buildStagePlan({
  txt2img_enabled: true,
  interpolate_enabled: true,
  interpolate: { frames: 24 },
});

const { plan } = resolveSeeds(built, (below) => randomInt(below));

for (const { id, stage_config } of plan.stages) {
  console.log(
    stage_config.stage_type === 'interpolate' ? `${id}: ${stage_config.settings.frames} frames` : id,
  );
}
for (const { message } of filmPlanner.explainStagePlan({ interpolate_enabled: true }).rejections)
  console.log(message);
