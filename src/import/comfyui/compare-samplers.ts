import { type FollowedPrompt, followPrompt } from './follow-prompt.ts';
import type { Graph } from './graph.ts';
import type { SamplerSettings, Setting } from './read-sampler.ts';

/** The settings that a later sampler may state otherwise, beside its steps. */
export const ofSecondPass = ['cfg_scale', 'sampler_name', 'scheduler'] as const;

/** A setting of the second sampler that is not that of the first. */
export function differs(
  base: SamplerSettings,
  second: SamplerSettings,
  name: keyof SamplerSettings['settings'],
): Setting | undefined {
  const setting = second.settings[name];
  return setting?.value === base.settings[name]?.value ? undefined : setting;
}

/** The prompt of one side as the first sampler has it, and as the second does. undefined: it has none. */
export function promptsOf(
  graph: Graph,
  base: SamplerSettings,
  second: SamplerSettings,
  side: 'positive' | 'negative',
): readonly (FollowedPrompt | undefined)[] {
  return [base, second].map((sampler) => {
    const input = sampler[side];
    return input === undefined ? undefined : followPrompt(graph, sampler.guide, input);
  });
}
