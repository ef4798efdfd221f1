import type { Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { type Conditioned, conditioned } from '../checkpoint.ts';
import type { ComfyContext } from '../context.ts';
import { comfyText } from '../prompt-text.ts';

type RefinedConfig = Extract<Txt2imgExecution['stage_config'], { readonly refiner_enabled: true }>;

/** The refiner with the prompts encoded by its own CLIP. LoRAs are made for the base, and stay with it. */
export function refinerOf(
  id: string,
  { refiner_model_name: model, vae, clip_skip }: RefinedConfig,
  { prompt, negative_prompt }: { readonly prompt: string; readonly negative_prompt: string },
  context: ComfyContext,
): Conditioned {
  return conditioned(
    {
      model,
      vae,
      clip_skip,
      prompt: comfyText(prompt).text,
      negative_prompt: comfyText(negative_prompt).text,
    },
    { id, field: '', modelField: 'refiner_model_name' },
    // What there is to say of the prompts is said of the base.
    { ...context, warn: () => {}, refuse: () => {} },
  );
}
