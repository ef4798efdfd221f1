import { sequenceSetup } from './sequence-setup.ts';

/** The passes inside txt2img, the same in every sequence: base, then the refiner, then hires fix. */
export const txt2imgPasses = sequenceSetup.createStateConfig({
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
        'A refiner takes over the last steps: of the first pass, of hires fix or of both, as refiner_pass says. It may work before any enlarging, so it is settled first.',
      meta: { stage_type: 'txt2img', pass: 'refiner', takes: 'latent', gives: 'latent' },
      on: { 'pass.hires': { target: 'hires' } },
    },
    hires: {
      description: 'Hires fix enlarges and denoises again inside txt2img, as its last pass.',
      meta: { stage_type: 'txt2img', pass: 'hires', takes: 'latent', gives: 'latent' },
    },
  },
});
