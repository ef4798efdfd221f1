import { stepsRun } from '../steps-run.ts';
import type { Conditioned } from './checkpoint.ts';
import type { ComfyLink } from './comfy-prompt.ts';
import type { ComfyContext } from './context.ts';
import type { ComfySampling } from './sampling.ts';

/** What every sampler node of a pass has in common. */
export interface Sampled {
  readonly sampling: ComfySampling;
  readonly steps: number;
  readonly cfg: number;
  readonly latent: ComfyLink;
}

/** How much of the image a pass draws anew, and the field that says it. */
export interface Strength {
  readonly denoise: number;
  readonly field: string;
}

/** A first pass draws all of it. */
export const fromNothing: Strength = { denoise: 1, field: 'steps' };

/** A pass of one checkpoint, which runs exactly its steps, whatever its denoise. */
export function sample(
  id: string,
  { sampling, steps, cfg, latent }: Sampled,
  { model, positive, negative }: Conditioned,
  strength: Strength,
  context: ComfyContext,
): ComfyLink {
  const { graph, seed } = context;
  totalSteps(steps, strength, context);
  return graph.add(
    `${id}-sample`,
    'KSampler',
    {
      model,
      seed: seed(),
      steps,
      cfg,
      ...sampling,
      positive,
      negative,
      latent_image: latent,
      denoise: strength.denoise,
    },
    `${id}: sample`,
  );
}

/** The part of a schedule that a sampler node runs. */
interface Part {
  /** The whole of the schedule. */
  readonly steps: number;
  readonly from: number;
  /** 10000: to its end. */
  readonly to: number;
  readonly addsNoise: boolean;
}

const toTheEnd = 10_000;

/** A part of a schedule. Where it stops before the end, the noise that is left goes on. */
function samplePart(
  id: string,
  { sampling, cfg, latent }: Sampled,
  { model, positive, negative }: Conditioned,
  { steps, from, to, addsNoise }: Part,
  { graph, seed }: ComfyContext,
): ComfyLink {
  return graph.add(
    id,
    'KSamplerAdvanced',
    {
      model,
      add_noise: addsNoise ? 'enable' : 'disable',
      noise_seed: seed(),
      steps,
      cfg,
      ...sampling,
      positive,
      negative,
      latent_image: latent,
      start_at_step: from,
      end_at_step: to,
      return_with_leftover_noise: to < toTheEnd ? 'enable' : 'disable',
    },
    `${id}: steps ${from} to ${to < toTheEnd ? to : steps} of ${steps}`,
  );
}

/** A pass over an image: the end of its schedule, as long as the one that WebUIs run for the same strength. */
export function sampleShare(
  id: string,
  sampled: Sampled,
  wanted: Conditioned,
  denoisingStrength: number,
  context: ComfyContext,
): ComfyLink {
  const { steps } = sampled;
  const from = steps - stepsRun(steps, denoisingStrength);
  return samplePart(`${id}-sample`, sampled, wanted, { steps, from, to: toTheEnd, addsNoise: true }, context);
}

/** The steps of the whole schedule, of which a pass runs the end. */
function totalSteps(steps: number, { denoise, field }: Strength, { refuse }: ComfyContext): number {
  const total = Math.floor(steps / denoise);
  if (total > toTheEnd) refuse('out_of_range', field, denoise);
  return total;
}

/** A pass that another checkpoint finishes: `at` is the share of the pass's own steps that the first one runs. */
export function sampleRefined(
  id: string,
  sampled: Sampled,
  base: Conditioned,
  refiner: Conditioned,
  at: number,
  strength: Strength,
  context: ComfyContext,
): ComfyLink {
  const { steps } = sampled;
  const total = totalSteps(steps, strength, context);
  const start = total - steps;
  const turn = start + Math.ceil(steps * at - 1e-9);
  if (turn <= start || turn >= total) context.refuse('refiner_step', 'refiner_switch_at', at);
  const first = samplePart(
    `${id}-sample`,
    sampled,
    base,
    { steps: total, from: start, to: turn, addsNoise: true },
    context,
  );
  return samplePart(
    `${id}-refine`,
    { ...sampled, latent: first },
    refiner,
    { steps: total, from: turn, to: toTheEnd, addsNoise: false },
    context,
  );
}
