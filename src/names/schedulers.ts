import { lookUp, nameKey, nameTable } from './name-key.ts';

/**
 * The noise schedules by the labels of A1111's WebUI, Forge and reForge, each with the names that other programs give it.
 *
 * ComfyUI has none of the WebUI's "Uniform" and "Polyexponential": it calls the same sigmas `normal` and `exponential`.
 * Source of the labels: `sd_schedulers.py` of WebUI 1.10 and Forge; of the others: `comfy/samplers.py`, and the spellings
 * that Forge 0.0.17, SD.Next and Draw Things write.
 */
export const schedulers = [
  ['Automatic', 'default', 'native'],
  ['Karras'],
  ['Exponential'],
  ['Polyexponential'],
  ['SGM Uniform', 'sgm_uniform'],
  ['KL Optimal', 'kl_optimal'],
  ['Align Your Steps', 'AYS', 'align_your_steps'],
  ['AYS GITS'],
  ['AYS 11 Steps'],
  ['AYS 32 Steps'],
  ['Simple'],
  ['Normal'],
  ['Uniform'],
  ['DDIM', 'ddim_uniform'],
  ['Beta', 'betas'],
  ['Turbo'],
  ['Linear Quadratic', 'linear_quadratic'],
] as const satisfies readonly (readonly [string, ...(readonly string[])])[];

const labels = nameTable(schedulers);

/** A scheduler's label as the WebUI writes it: `karras` is `Karras`. An unknown one stays as it is. */
export function schedulerLabel(name: string): string {
  return lookUp(labels, name) ?? name;
}

/** Whether a scheduler stands in the table. */
export function isKnownScheduler(name: string): boolean {
  return lookUp(labels, name) !== undefined;
}

/** What may stand behind a sampler's name, longest first. "DDIM" is a sampler more often than a schedule. */
export const schedulerSuffixes: readonly (readonly [key: string, label: string])[] = schedulers
  .flatMap(([label, ...others]) => [label, ...others].map((name) => [nameKey(name), label] as const))
  .filter(([key]) => key !== 'ddim')
  .sort(([a], [b]) => b.length - a.length);
