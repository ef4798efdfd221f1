/** The schedules of ComfyUI. Source: `comfy/samplers.py` of 0.3.64. */
export const comfySchedulers = [
  'simple',
  'sgm_uniform',
  'karras',
  'exponential',
  'ddim_uniform',
  'beta',
  'normal',
  'linear_quadratic',
  'kl_optimal',
] as const;

const byLabel: ReadonlyMap<string, (typeof comfySchedulers)[number]> = new Map([
  ['Karras', 'karras'],
  ['Exponential', 'exponential'],
  ['Polyexponential', 'exponential'],
  ['SGM Uniform', 'sgm_uniform'],
  ['Simple', 'simple'],
  ['Normal', 'normal'],
  ['Uniform', 'normal'],
  ['DDIM', 'ddim_uniform'],
  ['Beta', 'beta'],
  ['KL Optimal', 'kl_optimal'],
  ['Linear Quadratic', 'linear_quadratic'],
]);

/** What "Automatic" means for a sampler that has a preference. Source: `sd_samplers_kdiffusion.py` of the WebUI. */
const preferred: ReadonlyMap<string, (typeof comfySchedulers)[number]> = new Map([
  ['DPM++ 2M', 'karras'],
  ['DPM++ SDE', 'karras'],
  ['DPM++ 2S a', 'karras'],
  ['DPM2', 'karras'],
  ['DPM2 a', 'karras'],
  ['Restart', 'karras'],
  ['DPM++ 2M SDE', 'exponential'],
  ['DPM++ 2M SDE Heun', 'exponential'],
  ['DPM++ 3M SDE', 'exponential'],
  ['DDIM', 'ddim_uniform'],
]);

/** ComfyUI's name of a schedule for a sampler, both by the WebUI's labels, or undefined where it has no equal. */
export function comfyScheduler(label: string, sampler: string): string | undefined {
  if (label === 'Automatic') return preferred.get(sampler) ?? 'normal';
  return byLabel.get(label);
}
