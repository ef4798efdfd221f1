import type { JsonObject } from '../../../json.ts';
import type { Sampling } from '../../../names/split-sampling.ts';
import type { StageConfig } from '../../../plan/stage-config.ts';
import type { DeepReadonly } from '../../../readonly.ts';
import type { Pass } from '../a1111/generation.ts';
import type { WebuiContext } from '../target.ts';

type Common = DeepReadonly<Pick<StageConfig, 'vae' | 'clip_skip'>>;

/** The fields that every request of a generation has. The checkpoint and the layer of CLIP are fields, not options. */
export function generation(
  pass: Pass,
  { vae, clip_skip }: Common,
  { sampler, scheduler }: Sampling,
  { seed }: Pick<WebuiContext, 'seed'>,
): JsonObject {
  return {
    ...(pass.model !== null && { sd_model_checkpoint: pass.model }),
    clip_skip,
    prompt: pass.prompt,
    negative_prompt: pass.negative_prompt,
    seed,
    sampler_name: sampler,
    schedulers_sigma: scheduler,
    steps: pass.steps,
    cfg_scale: pass.cfg_scale,
    send_images: true,
    save_images: false,
    override_settings: vae === null ? {} : { sd_vae: vae },
    override_settings_restore_afterwards: true,
  };
}
