import type { ObjectInfo } from '../../../src/compile/comfyui/index.ts';
import { comfySamplers } from '../../../src/compile/comfyui/tables/samplers.ts';
import { comfySchedulers } from '../../../src/compile/comfyui/tables/schedulers.ts';

const whole = (min: number, max: number) => ['INT', { min, max }];
const float = (min: number, max: number) => ['FLOAT', { min, max }];
const seed = whole(0, 2 ** 64);
const side = whole(0, 16_384);
const crop = [['disabled', 'center']];
const sampled = {
  model: ['MODEL'],
  steps: whole(1, 10_000),
  cfg: float(0, 100),
  sampler_name: [[...comfySamplers]],
  scheduler: [[...comfySchedulers]],
  positive: ['CONDITIONING'],
  negative: ['CONDITIONING'],
};

const checkpoints = ['sd_xl_base_1.0.safetensors', 'sd_xl_refiner_1.0.safetensors', 'other.safetensors'];

/** What a server says of the nodes that graphs are made of, so much of it as a validation reads. */
export const objectInfo: ObjectInfo = {
  CheckpointLoaderSimple: node({ ckpt_name: [checkpoints] }, ['MODEL', 'CLIP', 'VAE']),
  VAELoader: node({ vae_name: [['sdxl_vae.safetensors']] }, ['VAE']),
  LoraLoader: node(
    {
      model: ['MODEL'],
      clip: ['CLIP'],
      lora_name: [['ink.safetensors', 'folder/paint.pt']],
      strength_model: float(-100, 100),
      strength_clip: float(-100, 100),
    },
    ['MODEL', 'CLIP'],
  ),
  CLIPSetLastLayer: node({ clip: ['CLIP'], stop_at_clip_layer: whole(-24, -1) }, ['CLIP']),
  CLIPTextEncode: node({ text: ['STRING', {}], clip: ['CLIP'] }, ['CONDITIONING']),
  EmptyLatentImage: node(
    { width: whole(16, 16_384), height: whole(16, 16_384), batch_size: whole(1, 4096) },
    ['LATENT'],
  ),
  KSampler: node({ ...sampled, seed, latent_image: ['LATENT'], denoise: float(0, 1) }, ['LATENT']),
  KSamplerAdvanced: node(
    {
      ...sampled,
      add_noise: [['enable', 'disable']],
      noise_seed: seed,
      latent_image: ['LATENT'],
      start_at_step: whole(0, 10_000),
      end_at_step: whole(0, 10_000),
      return_with_leftover_noise: [['disable', 'enable']],
    },
    ['LATENT'],
  ),
  LatentUpscale: node(
    {
      samples: ['LATENT'],
      upscale_method: [['nearest-exact', 'bilinear', 'area', 'bicubic', 'bislerp']],
      width: side,
      height: side,
      crop,
    },
    ['LATENT'],
  ),
  RepeatLatentBatch: node({ samples: ['LATENT'], amount: whole(1, 64) }, ['LATENT']),
  VAEDecode: node({ samples: ['LATENT'], vae: ['VAE'] }, ['IMAGE']),
  VAEEncode: node({ pixels: ['IMAGE'], vae: ['VAE'] }, ['LATENT']),
  UpscaleModelLoader: node(
    { model_name: ['COMBO', { options: ['RealESRGAN_x4plus.pth', '4x-UltraSharp.pth'] }] },
    ['UPSCALE_MODEL'],
  ),
  ImageUpscaleWithModel: node({ upscale_model: ['UPSCALE_MODEL'], image: ['IMAGE'] }, ['IMAGE']),
  ImageScale: node(
    {
      image: ['IMAGE'],
      upscale_method: [['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos']],
      width: side,
      height: side,
      crop,
    },
    ['IMAGE'],
  ),
  LoadImage: node({ image: [['photo.png', 'mask.png'], { image_upload: true }] }, ['IMAGE', 'MASK']),
  SetLatentNoiseMask: node({ samples: ['LATENT'], mask: ['MASK'] }, ['LATENT']),
  ImageBlur: node({ image: ['IMAGE'], blur_radius: whole(1, 31), sigma: float(0.1, 10) }, ['IMAGE']),
  ImageToMask: node({ image: ['IMAGE'], channel: [['red', 'green', 'blue', 'alpha']] }, ['MASK']),
  InvertMask: node({ mask: ['MASK'] }, ['MASK']),
  RepeatImageBatch: node({ image: ['IMAGE'], amount: whole(1, 4096) }, ['IMAGE']),
  ImageCompositeMasked: node(
    {
      destination: ['IMAGE'],
      source: ['IMAGE'],
      x: whole(0, 16_384),
      y: whole(0, 16_384),
      resize_source: ['BOOLEAN', {}],
    },
    ['IMAGE'],
    { mask: ['MASK'] },
  ),
  SaveImage: { ...node({ images: ['IMAGE'], filename_prefix: ['STRING', {}] }, []), output_node: true },
  UltralyticsDetectorProvider: node(
    { model_name: [['bbox/face_yolov8n.pt', 'bbox/hand_yolov8n.pt', 'segm/person_yolov8n-seg.pt']] },
    ['BBOX_DETECTOR', 'SEGM_DETECTOR'],
  ),
  FaceDetailer: node(
    {
      ...sampled,
      image: ['IMAGE'],
      clip: ['CLIP'],
      vae: ['VAE'],
      guide_size: float(64, 16_384),
      guide_size_for: ['BOOLEAN', {}],
      max_size: float(64, 16_384),
      seed,
      scheduler: [[...comfySchedulers, 'AYS SDXL']],
      denoise: float(0.0001, 1),
      feather: whole(0, 100),
      noise_mask: ['BOOLEAN', {}],
      force_inpaint: ['BOOLEAN', {}],
      bbox_threshold: float(0, 1),
      bbox_dilation: whole(-512, 512),
      bbox_crop_factor: float(1, 10),
      sam_detection_hint: [['center-1', 'none']],
      sam_dilation: whole(-512, 512),
      sam_threshold: float(0, 1),
      sam_bbox_expansion: whole(0, 1000),
      sam_mask_hint_threshold: float(0, 1),
      sam_mask_hint_use_negative: [['False', 'Small', 'Outter']],
      drop_size: whole(1, 16_384),
      bbox_detector: ['BBOX_DETECTOR'],
      wildcard: ['STRING', {}],
      cycle: whole(1, 10),
    },
    ['IMAGE', 'IMAGE', 'IMAGE', 'MASK', 'DETAILER_PIPE', 'IMAGE'],
    {
      segm_detector_opt: ['SEGM_DETECTOR'],
      inpaint_model: ['BOOLEAN', {}],
      noise_mask_feather: whole(0, 100),
    },
  ),
};

function node(required: object, output: readonly string[], optional: object = {}) {
  return { input: { required, optional }, output, output_node: false };
}
