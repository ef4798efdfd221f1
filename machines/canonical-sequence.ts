import { setup } from 'xstate';
import type { SequenceEvent, SequencePolicies, StateMeta } from './sequence-vocabulary.ts';
import { txt2imgPasses } from './txt2img-passes.ts';

/**
 * The canonical sequence of V2.5: txt2img (refiner, hires) -> img2img -> upscale -> ADetailer, each optional.
 *
 * Pure: no actions, actors, eventless or delayed transitions. Source: seed PR-089, 1 and 3.2.
 */
export const canonicalSequence = setup({
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
  id: 'canonicalSequence',
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
        'stage.upscale': { guard: 'standaloneUpscaleAllowed', target: 'standaloneUpscale' },
      },
    },
    txt2img: {
      description:
        'Generation from a prompt comes first: it needs no image, and every later stage needs one.',
      meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' },
      ...txt2imgPasses,
      on: {
        'stage.img2img': { target: 'img2img' },
        'stage.upscale': { target: 'upscale' },
        'stage.adetailer': { target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    img2img: {
      description:
        'Redraws an image: the one from txt2img, or an existing one. It generates, so it comes before enlarging.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'upscale' },
        'stage.adetailer': { target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    upscale: {
      description: 'Enlarges what was generated. Before generation there is nothing to enlarge.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.adetailer': { target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    adetailer: {
      description: 'Repairs faces and hands at the final size, so nothing may follow it.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: { 'plan.finished': { target: 'complete' } },
    },
    standaloneUpscale: {
      description:
        'Enlarges an existing image and does no more: without generation there is nothing for ADetailer to repair.',
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
