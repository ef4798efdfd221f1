import type { JsonObject } from '../../../json.ts';
import type { Sampling } from '../../../names/split-sampling.ts';
import { isOwnVae } from '../../../names/vaes.ts';
import type { StageConfig } from '../../../plan/stage-config.ts';
import type { DeepReadonly } from '../../../readonly.ts';
import type { SamplingNames } from '../sampling.ts';
import type { WebuiContext } from '../target.ts';

type Common = DeepReadonly<Pick<StageConfig, 'vae' | 'clip_skip'>>;

/** The settings of one pass over an image, wherever in a config they stand. */
export interface Pass extends SamplingNames {
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly model: string | null;
  readonly steps: number;
  readonly cfg_scale: number;
}

/**
 * The fields that every request of a generation has. Images are only handed back: the server saves none.
 *
 * They are completed by `Object.assign`, because V8 takes many times longer to spread this many.
 */
export function generation(
  pass: Pass,
  { sampler, scheduler }: Sampling,
  { seed }: Pick<WebuiContext, 'seed'>,
): JsonObject {
  return {
    prompt: pass.prompt,
    negative_prompt: pass.negative_prompt,
    seed,
    sampler_name: sampler,
    scheduler,
    steps: pass.steps,
    cfg_scale: pass.cfg_scale,
    send_images: true,
    save_images: false,
    override_settings_restore_afterwards: true,
  };
}

/** The options of the server that count for one request: the checkpoint, the VAE and the layer of CLIP. */
export function overrides(
  model: string | null,
  { vae, clip_skip }: Common,
  { server }: WebuiContext,
): JsonObject {
  return {
    ...(model !== null && { sd_model_checkpoint: model }),
    ...(vae !== null && vaeOverride(vae, server.vaeOption)),
    CLIP_stop_at_last_layers: clip_skip,
  };
}

/**
 * The options of a request to img2img. Whether it runs all of its steps is never left to the server's own setting: only
 * what hires fix made does.
 */
export function redrawOverrides(
  model: string | null,
  common: Common,
  runsAll: boolean,
  context: WebuiContext,
): JsonObject {
  return { ...overrides(model, common, context), img2img_fix_steps: runsAll };
}

/** Forge lists what it loads beside a checkpoint, and skips a name that it does not find: none is the checkpoint's own. */
function vaeOverride(vae: string, option: WebuiContext['server']['vaeOption']): JsonObject {
  if (option === 'sd_vae') return { sd_vae: vae };
  return { forge_additional_modules: isOwnVae(vae) ? [] : [vae] };
}
