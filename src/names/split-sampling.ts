import { samplerLabel, splitSamplerName } from './samplers.ts';
import { schedulerLabel } from './schedulers.ts';

/** A sampler and its schedule, each by the label of the WebUI. */
export interface Sampling {
  readonly sampler: string;
  readonly scheduler: string;
}

/**
 * The sampler and the schedule that two names mean together, or null where the sampler's name says another schedule
 * than the one that is stated: "DPM++ 2M Karras" beside "Exponential".
 */
export function splitSampling(samplerName: string, schedulerName: string): Sampling | null {
  const { sampler, scheduler } = splitSamplerName(samplerName);
  const stated = schedulerLabel(schedulerName);
  if (scheduler === undefined) return { sampler: samplerLabel(sampler), scheduler: stated };
  if (stated !== 'Automatic' && stated !== scheduler) return null;
  return { sampler: samplerLabel(sampler), scheduler };
}
