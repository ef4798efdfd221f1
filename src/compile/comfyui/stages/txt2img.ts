import type { Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { conditioned } from '../checkpoint.ts';
import type { ComfyHandler } from '../context.ts';
import { decoded } from '../pixels.ts';
import { fromNothing, sample, sampleRefined } from '../sample.ts';
import { samplingOf } from '../sampling.ts';
import { hiresPass } from './hires-pass.ts';
import { refinerOf } from './refiner.ts';

/** The batches that an empty latent holds. */
const largestBatch = 4096;

/** txt2img: a checkpoint on an empty latent, with the refiner and hires fix behind it. */
export const txt2img: ComfyHandler<Txt2imgExecution> = (stage, context) => {
  const { id, stage_config: config } = stage;
  const { width, height, batch_size, n_iter } = config;
  if (n_iter > 1) context.refuse('several_batches', 'n_iter', n_iter);
  if (batch_size > largestBatch) context.refuse('out_of_range', 'batch_size', batch_size);
  const base = conditioned(config, { id, field: '', modelField: 'model' }, context);
  const latent = context.graph.add(
    `${id}-latent`,
    'EmptyLatentImage',
    { width, height, batch_size },
    `${id}: empty latent`,
  );
  const sampled = {
    sampling: samplingOf(config, context),
    steps: config.steps,
    cfg: config.cfg_scale,
    latent,
  };
  const refines = config.refiner_enabled && config.refiner_pass !== 'second';
  const samples = refines
    ? sampleRefined(
        id,
        sampled,
        base,
        refinerOf(`${id}-refiner`, config, config, context),
        config.refiner_switch_at,
        fromNothing,
        context,
      )
    : sample(id, sampled, base, fromNothing, context);
  if (!config.hires_enabled) return decoded(id, samples, base.vae, context);
  return hiresPass(stage, config, { samples, vae: base.vae, from: { width, height } }, context);
};
