import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import { detectorPrompt } from '../../detector-prompt.ts';
import { sizeCheck } from '../checks.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiContext, WebuiHandler } from '../target.ts';
import type { WebuiDraft } from '../webui-request.ts';
import { refuseOfDetailer } from './detector-settings.ts';
import { stepsWarnings } from './steps-warnings.ts';

type Config = AdetailerExecution['stage_config'];
type Detector = Config['detectors'][number];

/** SD.Next's own detailer, one request for each detector. It works with the model that is loaded. */
export const adetailer: WebuiHandler<AdetailerExecution> = (stage, context) => {
  const { stage_config: config, input_size } = stage;
  if (config.model !== null && config.model !== context.loaded)
    context.refuse('other_model', 'model', config.model);
  return config.detectors.map(
    (detector, index): WebuiDraft => ({
      path: '/sdapi/v1/detail',
      part: `detector-${index + 1}`,
      body: detail(detector, config, context, `detectors[${index}].`),
      checks: [{ code: 'images', count: 1 }, ...sizeCheck(input_size)],
      warnings: stepsWarnings(
        stage.id,
        { ...detector, steps: detector.steps ?? config.steps },
        { byHires: false },
        `detectors[${index}].`,
      ),
    }),
  );
};

/** More than a picture has: left out, the server repaints as many as its own setting says. */
const allFinds = 1000;

function detail(detector: Detector, config: Config, context: WebuiContext, place: string) {
  refuseOfDetailer(detector, place, context);
  const name = Object.hasOwn(context.detectors, detector.model)
    ? context.detectors[detector.model]
    : undefined;
  if (name === undefined) context.refuse('no_detector', `${place}model`, detector.model);
  const sampler_name = detector.sampler_name ?? config.sampler_name;
  const scheduler = detector.scheduler ?? config.scheduler;
  const sampling = samplingOf({ sampler_name, scheduler }, context, place);
  if (sampling.scheduler !== 'default') context.refuse('no_scheduler', `${place}scheduler`, scheduler);
  const steps = detector.steps ?? config.steps;
  const cfg = detector.cfg_scale ?? config.cfg_scale;
  const promptOf = (field: 'prompt' | 'negative_prompt') =>
    detectorPrompt(detector, config, field, (code, name, value) => context.refuse(code, place + name, value));
  if (steps > 99) context.refuse('out_of_range', `${place}steps`, steps);
  if (cfg > 30) context.refuse('out_of_range', `${place}cfg_scale`, cfg);
  return {
    seed: context.seed,
    detailer_models: [name ?? detector.model],
    detailer_prompt: promptOf('prompt'),
    detailer_negative: promptOf('negative_prompt'),
    detailer_steps: steps,
    detailer_strength: detector.denoising_strength,
    detailer_resolution: detector.inpaint_width,
    detailer_conf: detector.confidence,
    detailer_blur: detector.mask_blur,
    detailer_max: allFinds,
    detailer_padding: detector.inpaint_only_masked_padding,
    detailer_sampler: sampling.sampler,
    detailer_cfg_scale: cfg,
  };
}
