import type { Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { shownChecks, sizeCheck } from '../checks.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiHandler } from '../target.ts';
import { generation } from './generation.ts';
import { hires } from './hires.ts';

/** txt2img, with hires fix inside it. A refiner is a setting of the server, whose steps are counted another way. */
export const txt2img: WebuiHandler<Txt2imgExecution> = (stage, context) => {
  const { stage_config: config, images_out, output_size } = stage;
  if (config.refiner_enabled) context.refuse('no_refiner', 'refiner_enabled', true);
  const sampling = samplingOf(config, context);
  return [
    {
      path: '/sdapi/v1/txt2img',
      body: Object.assign(generation(config, config, sampling, context), {
        width: config.width,
        height: config.height,
        batch_size: config.batch_size,
        n_iter: config.n_iter,
        ...hires(config, context),
      }),
      checks: [
        { code: 'images', count: images_out },
        ...sizeCheck(output_size),
        ...shownChecks(config.model, sampling.sampler),
      ],
    },
  ];
};
