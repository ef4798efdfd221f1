import { splitSampling } from '../../names/split-sampling.ts';
import type { ComfyContext } from './context.ts';
import { comfySampler } from './tables/samplers.ts';
import { comfyScheduler } from './tables/schedulers.ts';

/** The inputs of a sampler node that name its sampler and its schedule. */
export interface ComfySampling {
  readonly sampler_name: string;
  readonly scheduler: string;
}

/** Schedules of the same name that are computed from something else. */
const near: ReadonlySet<string> = new Set(['Beta', 'KL Optimal']);

/** ComfyUI's names of a sampler and its schedule. `prefix` is what stands before the fields' names. */
export function samplingOf(
  names: ComfySampling,
  { refuse, warn }: Pick<ComfyContext, 'refuse' | 'warn'>,
  prefix = '',
): ComfySampling {
  const split = splitSampling(names.sampler_name, names.scheduler);
  if (split === null) {
    refuse('joined_sampler', `${prefix}sampler_name`, names.sampler_name);
    return names;
  }
  const sampler = comfySampler(split.sampler);
  const scheduler = comfyScheduler(split.scheduler, split.sampler);
  if (sampler === undefined) refuse('no_sampler', `${prefix}sampler_name`, names.sampler_name);
  if (scheduler === undefined) refuse('no_scheduler', `${prefix}scheduler`, names.scheduler);
  if (near.has(split.scheduler)) warn('near_scheduler', `${prefix}scheduler`, names.scheduler);
  return { sampler_name: sampler ?? split.sampler, scheduler: scheduler ?? split.scheduler };
}
