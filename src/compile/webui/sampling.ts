import { isKnownSampler } from '../../names/samplers.ts';
import { isKnownScheduler } from '../../names/schedulers.ts';
import { type Sampling, splitSampling } from '../../names/split-sampling.ts';
import type { WebuiContext } from './target.ts';

/** The fields that say a sampler and its schedule, as a config has them. */
export interface SamplingNames {
  readonly sampler_name: string;
  readonly scheduler: string;
}

/**
 * The names that the server has for a sampler and its schedule. `prefix` is what stands before the fields' names.
 *
 * What is known to be of another server is refused, since servers take one of their own in silence. A name that nobody
 * here knows is that of an extension, and goes as it is.
 */
export function samplingOf(names: SamplingNames, { server, refuse }: WebuiContext, prefix = ''): Sampling {
  const { sampler_name, scheduler } = names;
  const split = splitSampling(sampler_name, scheduler);
  if (split === null) {
    refuse('joined_sampler', `${prefix}sampler_name`, sampler_name);
    return { sampler: sampler_name, scheduler };
  }
  const sampler = server.samplers.get(split.sampler);
  const schedule = server.schedulers.get(split.scheduler);
  if (sampler === undefined && isKnownSampler(split.sampler))
    refuse('no_sampler', `${prefix}sampler_name`, sampler_name);
  if (schedule === undefined && isKnownScheduler(split.scheduler))
    refuse('no_scheduler', `${prefix}scheduler`, scheduler);
  if (server.ownSchedule.has(split.sampler) && split.scheduler !== 'Automatic')
    refuse('own_schedule', `${prefix}scheduler`, scheduler);
  return { sampler: sampler ?? split.sampler, scheduler: schedule ?? split.scheduler };
}
