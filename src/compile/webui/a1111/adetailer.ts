import type { JsonObject } from '../../../json.ts';
import { floored } from '../../../plan/sizes.ts';
import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import { modelCheck, sizeCheck, type WebuiCheck } from '../checks.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiContext, WebuiHandler } from '../target.ts';
import { workingSize } from '../working-size.ts';
import { detectorTab } from './detector-tab.ts';
import { generation, redrawOverrides } from './generation.ts';

/**
 * ADetailer on a finished image: an img2img that the extension is told to skip.
 *
 * Where the extension does not run, the img2img does: so it is one that changes next to nothing, at the picture's own
 * size, and with at least two steps, since a single one draws all anew. Both switches are sent, since the extension reads
 * them by their place.
 */
export const adetailer: WebuiHandler<AdetailerExecution> = (stage, context) => {
  const { stage_config: config, input_size } = stage;
  const sampling = samplingOf(config, context);
  refuseShrinking(stage, context);
  const tabs: readonly JsonObject[] = config.detectors.map((detector, index) =>
    detectorTab(detector, config, context, `detectors[${index}].`),
  );
  return [
    {
      path: '/sdapi/v1/img2img',
      body: Object.assign(generation(config, sampling, context), {
        ...workingSize(input_size, 'input_size', context),
        batch_size: 1,
        n_iter: 1,
        steps: config.steps === 1 ? 2 : config.steps,
        denoising_strength: 0.01,
        resize_mode: 0,
        override_settings: redrawOverrides(config.model, config, false, context),
        alwayson_scripts: { ADetailer: { args: [true, true, ...tabs] } },
      }),
      checks: [
        { code: 'images', count: 1 },
        ...sizeCheck(input_size),
        ...modelCheck(config.model),
        ...config.detectors.map(({ model }, index) => detectorCheck(model, index)),
      ],
    },
  ];
};

/** Where a find is repainted with the whole picture, the picture becomes what the server makes of its size: whole blocks. */
function refuseShrinking(
  { stage_config: { detectors }, input_size }: AdetailerExecution,
  { refuse }: WebuiContext,
): void {
  if (input_size === null) return;
  const { width, height } = floored(input_size);
  if (width === input_size.width && height === input_size.height) return;
  for (const [index, { inpaint_only_masked }] of detectors.entries())
    if (!inpaint_only_masked) refuse('odd_size', `detectors[${index}].inpaint_only_masked`, false);
}

/** The extension writes the model of each tab that it read, the later ones as "2nd", and passes over the others in silence. */
function detectorCheck(value: string, index: number): WebuiCheck {
  const ordinal = index === 0 ? '' : ` ${index + 1}${['nd', 'rd'][index - 1] ?? 'th'}`;
  return { code: 'parameter', keys: [`ADetailer model${ordinal}`], value };
}
