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
