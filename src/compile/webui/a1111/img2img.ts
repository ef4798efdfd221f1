import type { Img2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { modelCheck, sizeCheck } from '../checks.ts';
import { inpainting } from '../inpainting.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiHandler } from '../target.ts';
import { workingSize } from '../working-size.ts';
import { generation, redrawOverrides } from './generation.ts';

/** img2img. The server takes no size from the image: left out, it is 512 x 512. */
export const img2img: WebuiHandler<Img2imgExecution> = (stage, context) => {
  const { stage_config: config, output_size } = stage;
  const sampling = samplingOf(config, context);
  if (config.hires_enabled) context.refuse('no_hires_here', 'hires_enabled', true);
  return [
    {
      path: '/sdapi/v1/img2img',
      body: Object.assign(generation(config, sampling, context), {
        ...workingSize(config, 'width', context),
        batch_size: config.batch_size,
        n_iter: config.n_iter,
        denoising_strength: config.denoising_strength,
        resize_mode: 0,
        override_settings: redrawOverrides(config.model, config, false, context),
        ...inpainting(config.mask),
      }),
      checks: [
        { code: 'images', count: config.batch_size * config.n_iter },
        ...sizeCheck(output_size),
        ...modelCheck(config.model),
        { code: 'sampler', sampler: sampling.sampler },
      ],
    },
  ];
};
