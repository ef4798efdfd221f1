import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import { refuseDetectorSettings } from '../../detector-limits.ts';
import { detectorPrompt } from '../../detector-prompt.ts';
import { stepsRun } from '../../steps-run.ts';
import { conditioned } from '../checkpoint.ts';
import type { ComfyLink } from '../comfy-prompt.ts';
import type { ComfyContext, ComfyHandler } from '../context.ts';
import { output } from '../graph.ts';
import { takenImage } from '../pixels.ts';
import { samplingOf } from '../sampling.ts';
import { detectorFile, detectorLimits } from './detector-settings.ts';

type Config = AdetailerExecution['stage_config'];
type Detector = Config['detectors'][number];

/** One FaceDetailer of the Impact Pack for each detector, on the picture of the one before it. */
export const adetailer: ComfyHandler<AdetailerExecution> = ({ id, stage_config: config }, context) => {
  let image = takenImage(id, context);
  for (const [index, detector] of config.detectors.entries())
    image = detailed(`${id}-detector-${index + 1}`, image, detector, config, {
      context,
      place: `detectors[${index}].`,
    });
  return image;
};

function detailed(
  id: string,
  image: ComfyLink,
  detector: Detector,
  config: Config,
  { context, place }: { readonly context: ComfyContext; readonly place: string },
): ComfyLink {
  const { graph, seed } = context;
  refuseDetectorSettings(detector, detectorLimits, place, context.refuse);
  context.warn('near_detailer', `${place}model`, detector.model);
  const file = detectorFile(detector.model, place, context);
  const provider = graph.share('detector', 'UltralyticsDetectorProvider', { model_name: file }, file);
  const promptOf = (field: 'prompt' | 'negative_prompt') =>
    detectorPrompt(detector, config, field, (code, name, value) => context.refuse(code, place + name, value));
  const { model, clip, vae, positive, negative } = conditioned(
    {
      model: detector.checkpoint ?? config.model,
      vae: detector.vae ?? config.vae,
      clip_skip: detector.clip_skip ?? config.clip_skip,
      prompt: promptOf('prompt'),
      negative_prompt: promptOf('negative_prompt'),
    },
    { id, field: place, modelField: detector.checkpoint === null ? 'model' : `${place}checkpoint` },
    context,
  );
  const steps = detector.steps ?? config.steps;
  // FaceDetailer runs its steps as KSampler does: all of them, from where its denoise says.
  const planned = stepsRun(steps, detector.denoising_strength);
  if (planned !== steps) context.warn('other_steps', `${place}steps`, planned);
  const sampler_name = detector.sampler_name ?? config.sampler_name;
  const scheduler = detector.scheduler ?? config.scheduler;
  return graph.add(
    id,
    'FaceDetailer',
    {
      image,
      model,
      clip,
      vae,
      guide_size: detector.inpaint_width,
      guide_size_for: true,
      max_size: Math.max(detector.inpaint_width, detector.inpaint_height),
      seed: seed(),
      steps,
      cfg: detector.cfg_scale ?? config.cfg_scale,
      ...samplingOf({ sampler_name, scheduler }, context, place),
      positive,
      negative,
      denoise: detector.denoising_strength,
      feather: detector.mask_blur,
      bbox_threshold: detector.confidence,
      bbox_dilation: detector.dilate_erode,
      bbox_detector: provider,
      ...(file.startsWith('segm/') && { segm_detector_opt: output(provider, 1) }),
      ...defaults,
    },
    `${id}: repaint what ${file} finds`,
  );
}

/** What a detector of a plan does not say. A node over the API has no defaults: every required input is sent. */
const defaults = {
  noise_mask: true,
  force_inpaint: true,
  bbox_crop_factor: 3,
  sam_detection_hint: 'center-1',
  sam_dilation: 0,
  sam_threshold: 0.93,
  sam_bbox_expansion: 0,
  sam_mask_hint_threshold: 0.7,
  sam_mask_hint_use_negative: 'False',
  drop_size: 10,
  wildcard: '',
  cycle: 1,
} as const;
