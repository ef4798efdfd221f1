import type { Txt2imgConfig } from './stages/txt2img.ts';

/** The checkpoints that a refiner takes over from, one for each pass that it works in. */
export function refinedModels({
  refiner_pass,
  model,
  hires_model_name,
}: Txt2imgConfig): readonly (string | null)[] {
  if (refiner_pass === 'both') return [model, hires_model_name];
  return [refiner_pass === 'second' ? hires_model_name : model];
}

/**
 * Whether none of these passes has a step left for the refiner where a backend counts steps, as Forge and ComfyUI do: it takes over
 * at the first step before which the fraction is done.
 */
export function refinesNoStep(config: RefinedConfig): boolean {
  const { refiner_pass, refiner_switch_at, steps, hires_steps } = config;
  const counts = { first: [steps], second: [hires_steps], both: [steps, hires_steps] }[refiner_pass];
  return counts.every((count) => Math.ceil(Number(count) * refiner_switch_at - 1e-9) >= Number(count));
}

type RefinedConfig = Extract<Txt2imgConfig, { readonly refiner_enabled: true }>;
