import { setup } from 'xstate';
import type { SequencePolicies, StateMeta } from './sequence-vocabulary.ts';

type CanonicalEvent =
  | { readonly type: 'stage.txt2img' }
  | { readonly type: 'pass.refiner' }
  | { readonly type: 'pass.hires' }
  | { readonly type: 'stage.img2img' }
  | { readonly type: 'stage.upscale' }
  | { readonly type: 'stage.adetailer' }
  | { readonly type: 'plan.finished' };

/**
 * The canonical sequence of V2.5: txt2img (refiner, hires) -> img2img -> upscale -> ADetailer, each optional.
 *
 * Pure: no actions, actors, eventless or delayed transitions. Source: seed PR-089, 1 and 3.2.
 */
export const canonicalSequence = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as CanonicalEvent,
    meta: {} as StateMeta<CanonicalEvent['type']>,
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
      initial: 'base',
      states: {
        base: {
          description: 'The base model denoises first. Refiner and hires fix work on what it leaves.',
          meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'latent' },
          on: {
            'pass.refiner': { target: 'refined' },
            'pass.hires': { target: 'hires' },
          },
        },
        refined: {
          description:
            'The refiner takes over the last steps of the same image, so it comes before any enlarging.',
          meta: { stage_type: 'txt2img', pass: 'refiner', takes: 'latent', gives: 'latent' },
          on: { 'pass.hires': { target: 'hires' } },
        },
        hires: {
          description: 'Hires fix enlarges and denoises again inside txt2img, as its last pass.',
          meta: { stage_type: 'txt2img', pass: 'hires', takes: 'latent', gives: 'latent' },
        },
      },
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
