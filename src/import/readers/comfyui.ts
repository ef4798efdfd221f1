import { graphOf } from '../comfyui/graph.ts';
import { nodeMeanings } from '../comfyui/nodes.ts';
import { detailerFields } from '../comfyui/read-detailer.ts';
import { readGraph } from '../comfyui/read-graph.ts';
import { UnreadableGraphError } from '../errors/unreadable-graph-error.ts';
import type { FieldRow, FieldTable } from '../table/field-table.ts';
import type { Found, Reader, SourceText } from './reader.ts';

/** What a second sampler may do differently, and the input that says it. */
function secondPass(prefix: string) {
  return [
    [`${prefix}steps`, 'steps'],
    [`${prefix}cfg_scale`, 'cfg'],
    [`${prefix}sampler_name`, 'sampler_name'],
    [`${prefix}scheduler`, 'scheduler'],
    [`${prefix}prompt`, 'positive'],
    [`${prefix}negative_prompt`, 'negative'],
  ] as const;
}

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['CLIPTextEncode.text']],
    [['negative_prompt'], 'text', ['CLIPTextEncode.text']],
    [['model'], 'name', ['CheckpointLoaderSimple.ckpt_name', 'UNETLoader.unet_name']],
    [['vae'], 'name', ['VAELoader.vae_name']],
    [['clip_skip'], 'number', ['CLIPSetLastLayer.stop_at_clip_layer']],
    [['steps'], 'number', ['KSampler.steps']],
    [['cfg_scale'], 'number', ['KSampler.cfg']],
    [['sampler_name'], 'name', ['KSampler.sampler_name']],
    [['scheduler'], 'name', ['KSampler.scheduler']],
    [['seed'], 'number', ['KSampler.seed']],
    [['width'], 'number', ['EmptyLatentImage.width']],
    [['height'], 'number', ['EmptyLatentImage.height']],
    [['batch_size'], 'number', ['EmptyLatentImage.batch_size']],
    [['input_image'], 'text', ['LoadImage.image']],
    [['refiner_model_name'], 'name', ['the second KSamplerAdvanced.model']],
    [['refiner_switch_at'], 'number', ['KSamplerAdvanced.end_at_step']],
    [['hires_upscale_factor'], 'number', ['LatentUpscale, ImageScale before the second KSampler']],
    [['hires_resize_to'], 'target', ['LatentUpscale, ImageScale before the second KSampler']],
    [['hires_upscaler_name'], 'name', ['LatentUpscale, UpscaleModelLoader before the second KSampler']],
    [['hires_denoise'], 'number', ['the second KSampler.denoise']],
    ...secondPass('hires_').map(
      ([field, input]): FieldRow => [[field], 'name', [`the second KSampler.${input}`]],
    ),
    [['hires_model_name'], 'name', ['the second KSampler.model']],
    [['img2img', 'denoising_strength'], 'number', ['KSampler.denoise behind LoadImage']],
    ...[...secondPass(''), ['model', 'model'] as const].map(
      ([field, input]): FieldRow => [
        ['img2img', field],
        'name',
        [`KSampler.${input} behind a second VAEEncode`],
      ],
    ),
    [['upscale', 'upscaler'], 'name', ['UpscaleModelLoader.model_name']],
    [['upscale', 'upscale_factor'], 'number', ['ImageUpscaleWithModel, ImageScale']],
    [['upscale', 'resize_to'], 'target', ['ImageScale']],
    [['adetailer', 0, 'model'], 'name', ['UltralyticsDetectorProvider.model_name']],
    [['adetailer', 0, 'checkpoint'], 'name', ['FaceDetailer.model']],
    [['adetailer', 0, 'prompt'], 'text', ['FaceDetailer.wildcard', 'FaceDetailer.positive']],
    [['adetailer', 0, 'negative_prompt'], 'text', ['FaceDetailer.negative']],
    ...detailerFields.map(
      ([input, field]): FieldRow => [['adetailer', 0, field], 'number', [`FaceDetailer.${input}`]],
    ),
  ],
  told: Object.keys(nodeMeanings),
  bookkeeping: [],
};

/** ComfyUI: a graph in the format of its API, under "prompt" in an image, or in a file of its own. */
export const comfyui: Reader = {
  writer: 'ComfyUI',
  marks: 'nodes with `class_type` and `inputs`',
  table,
  find: (source) => {
    for (const text of source) {
      const graph = text.json === undefined ? undefined : graphOf(text.json);
      if (graph !== undefined) return found(text, () => readGraph(graph));
    }
    const drawing = source.find(({ json }) => Array.isArray(json?.nodes) && Array.isArray(json?.links));
    return drawing === undefined ? undefined : found(drawing, refuseDrawing);
  },
};

function found(text: SourceText, read: Found['read']): Found {
  return { detection: { writer: 'ComfyUI', version: null, certainty: 'certain' }, taken: [text], read };
}

function refuseDrawing(): never {
  throw new UnreadableGraphError(
    'it is the drawing of a workflow, without its meaning. Export it in the format of the API',
  );
}
