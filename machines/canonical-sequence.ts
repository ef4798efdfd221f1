import { policyContext, sequenceSetup } from './sequence-setup.ts';
import { txt2imgPasses } from './txt2img-passes.ts';

/**
 * The canonical sequence of V2.5: txt2img (refiner, hires) -> img2img -> upscale -> ADetailer, each optional.
 *
 * Pure: no actions, actors, eventless or delayed transitions. Source: the design note PR-089, 1 and 3.2.
 */
export const canonicalSequence = sequenceSetup.createMachine({
  id: 'canonicalSequence',
  context: policyContext,
  initial: 'start',
  states: {
    start: {
      description: 'Nothing is planned yet. An empty plan is no plan, so the only way out is a stage.',
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: {
        'stage.txt2img': { target: 'txt2img' },
        'stage.img2img': { guard: 'externalInput', target: 'redrawn' },
        'stage.upscale': { guard: 'standaloneUpscale', target: 'standaloneUpscale' },
        'stage.adetailer': { guard: 'standaloneAdetailer', target: 'adetailer' },
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
      description: 'Redraws what txt2img made. It generates, so it comes before enlarging.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'upscale' },
        'stage.adetailer': { target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    redrawn: {
      description:
        'Redraws an existing image. There is no txt2img that hires fix could work in, so it works in the enlarging of what was redrawn.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'redrawnUpscale' },
        'pass.hires': { target: 'redrawnUpscale.hires' },
        'stage.adetailer': { target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    redrawnUpscale: {
      description: 'Enlarges a redrawn image, with the pass of hires fix or without it.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      initial: 'enlarged',
      states: {
        enlarged: {
          description: 'Enlarging comes first: hires fix denoises at the new size.',
          meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
          on: { 'pass.hires': { target: 'hires' } },
        },
        hires: {
          description: 'Hires fix denoises the enlarged image again, as it would inside txt2img.',
          meta: { stage_type: 'upscale', pass: 'hires', takes: 'image', gives: 'image' },
        },
      },
      on: {
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
      description:
        'Repairs faces and hands at the final size, generated or existing, so nothing may follow it.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: { 'plan.finished': { target: 'complete' } },
    },
    standaloneUpscale: {
      description:
        'Enlarges an existing image. Nothing was generated that ADetailer would have to repair, unless that is allowed.',
      meta: { stage_type: 'upscale', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.adetailer': { guard: 'standaloneAdetailer', target: 'adetailer' },
        'plan.finished': { target: 'complete' },
      },
    },
    complete: {
      description: 'The plan is whole. Nothing can be added to it.',
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});
