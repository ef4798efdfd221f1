import { policyContext, sequenceSetup } from './sequence-setup.ts';
import { txt2imgPasses } from './txt2img-passes.ts';

/**
 * The other order in use: txt2img (refiner, hires) -> img2img -> ADetailer -> upscale, each optional.
 *
 * Enfugue, Easy Diffusion and later versions of StableNew detail at the generated size and enlarge the result.
 */
export const detailBeforeUpscale = sequenceSetup.createMachine({
  id: 'detailBeforeUpscale',
  context: policyContext,
  initial: 'start',
  states: {
    start: {
      description: 'Nothing is planned yet. An empty plan is no plan, so the only way out is a stage.',
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: {
        'stage.txt2img': { target: 'txt2img' },
        'stage.img2img': { guard: 'externalInput', target: 'redrawn' },
        'stage.adetailer': { guard: 'standaloneAdetailer', target: 'standaloneAdetailer' },
        'stage.upscale': { guard: 'standaloneUpscale', target: 'upscale' },
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
      description: 'Redraws what txt2img made. It generates, so it comes before detailing.',
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
    redrawn: {
      description:
        'Redraws an existing image. There is no txt2img that hires fix could work in, so it works in the enlarging of what was redrawn.',
      meta: { stage_type: 'img2img', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.adetailer': { target: 'redrawnAdetailer' },
        'stage.upscale': { target: 'redrawnUpscale' },
        'pass.hires': { target: 'redrawnUpscale.hires' },
        'plan.finished': { target: 'complete' },
      },
    },
    redrawnAdetailer: {
      description:
        'Repairs faces and hands of a redrawn image. Hires fix still works in the enlarging behind it.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { target: 'redrawnUpscale' },
        'pass.hires': { target: 'redrawnUpscale.hires' },
        'plan.finished': { target: 'complete' },
      },
    },
    redrawnUpscale: {
      description:
        'Enlarges a redrawn image, with the pass of hires fix or without it. Nothing may follow it.',
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
      on: { 'plan.finished': { target: 'complete' } },
    },
    standaloneAdetailer: {
      description:
        'Repairs faces and hands of an existing image at its own size. It may be enlarged behind it.',
      meta: { stage_type: 'adetailer', pass: null, takes: 'image', gives: 'image' },
      on: {
        'stage.upscale': { guard: 'standaloneUpscale', target: 'upscale' },
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
