import { stepsRun } from '../../steps-run.ts';
import type { WebuiContext } from '../target.ts';
import type { WebuiWarning } from '../webui-warning.ts';

/** A pass over an image, by the names that a config has for it. */
interface Redrawing {
  readonly steps: number;
  readonly denoising_strength: number;
}

/** The warning that SD.Next runs another number of steps than the plan, none where it runs as many. */
export function stepsWarnings(
  stage_id: string,
  { steps, denoising_strength }: Redrawing,
  { byHires }: Pick<WebuiContext, 'byHires'>,
  prefix = '',
): readonly WebuiWarning[] {
  const planned = byHires ? steps : stepsRun(steps, denoising_strength);
  const run = sdnextSteps(steps, denoising_strength);
  if (run === planned) return [];
  return [{ code: 'other_steps', stage_id, field: `${prefix}steps`, planned, run }];
}

/**
 * The steps that SD.Next runs: int(d * (N // d + 1)) at a strength d over 0, which is all N, and one more at 1.
 *
 * Source: `calculate_base_steps` of its `modules/processing_helpers.py`, and `get_timesteps` of diffusers' pipelines.
 */
function sdnextSteps(steps: number, denoisingStrength: number): number {
  if (denoisingStrength === 0) return 0;
  return denoisingStrength === 1 ? steps + 1 : steps;
}
