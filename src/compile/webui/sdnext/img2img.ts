import type { Img2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { shownChecks, sizeCheck } from '../checks.ts';
import { inpainting } from '../inpainting.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiHandler } from '../target.ts';
import { workingSize } from '../working-size.ts';
import { generation } from './generation.ts';
import { hires } from './hires.ts';
import { stepsWarnings } from './steps-warnings.ts';

/** img2img, with hires fix inside it. */
export const img2img: WebuiHandler<Img2imgExecution> = (stage, context) => {
  const { stage_config: config, output_size } = stage;
  const sampling = samplingOf(config, context);
  return [
    {
      path: '/sdapi/v1/img2img',
      body: Object.assign(generation(config, config, sampling, context), {
        ...workingSize(config, 'width', context),
        batch_size: config.batch_size,
        n_iter: config.n_iter,
        denoising_strength: config.denoising_strength,
        resize_mode: 1,
        ...inpainting(config.mask),
        ...hires(config, context),
      }),
      checks: [
        { code: 'images', count: config.batch_size * config.n_iter },
        ...sizeCheck(output_size),
        ...shownChecks(config.model, sampling.sampler),
      ],
      // Hires fix inside it is a pass of its own.
      warnings: stepsWarnings(stage.id, config, { byHires: false }),
    },
  ];
};
