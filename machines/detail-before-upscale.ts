import { setup } from 'xstate';
import type { SequenceEvent, SequencePolicies, StateMeta } from './sequence-vocabulary.ts';
import { txt2imgPasses } from './txt2img-passes.ts';

/**
 * The other order in use: txt2img (refiner, hires) -> img2img -> ADetailer -> upscale, each optional.
 *
 * Enfugue, Easy Diffusion and later versions of StableNew detail at the generated size and enlarge the result.
 */
export const detailBeforeUpscale = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as SequenceEvent,
    meta: {} as StateMeta<SequenceEvent['type']>,
  },
  guards: {
    externalInputAllowed: ({ context }) => context.externalInput,
    standaloneUpscaleAllowed: ({ context }) => context.standaloneUpscale,
  },
}).createMachine({
  id: 'detailBeforeUpscale',
  context: ({ input }) => ({
    externalInput: input.externalInput,
    standaloneUpscale: input.standaloneUpscale,
  }),
  initial: 'start',
  states: {
    start: {
      description: 'Nothing is planned yet. An empty plan is no plan, so the only way out is a stage.',
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: {
        'stage.txt2img': { target: 'txt2img' },
        'stage.img2img': { guard: 'externalInputAllowed', target: 'img2img' },
        'stage.upscale': { guard: 'standaloneUpscaleAllowed', target: 'upscale' },
      },
    },
    txt2img: {
      description:
        'Generation from a prompt comes first: it needs no image, and every later stage needs one.',
      meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' },
      ...txt2imgPasses,
      on: {
        'stage.img2img': { target: 'img2img' },
        'stage.adetailer': { target: 'adetailer' },
        'stage.upscale': { target: 'upscale' },
        'plan.finished': { target: 'complete' },
      },
    },
    img2img: {
      description:
        'Redraws an image: the one from txt2img, or an existing one. It generates, so it comes before detailing.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.adetailer': { target: 'adetailer' },
        'stage.upscale': { target: 'upscale' },
        'plan.finished': { target: 'complete' },
      },
    },
    adetailer: {
      description:
        'Repairs faces and hands at the size they were generated at, so that the enlarging sees them whole.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'upscale' },
        'plan.finished': { target: 'complete' },
      },
    },
    upscale: {
      description: 'Enlarges the finished image, generated or existing, so nothing may follow it.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: { 'plan.finished': { target: 'complete' } },
    },
    complete: {
      description: 'The plan is whole. Nothing can be added to it.',
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});
