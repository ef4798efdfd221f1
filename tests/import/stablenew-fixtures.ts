/** A pack of StableNew 2.6, as its settings page saves it: sections, switches in `pipeline`, doubled ADetailer keys. */
export const packPreset = {
  txt2img: {
    model: 'dreamXL.safetensors [0123abcdef]',
    vae: 'Automatic',
    sampler_name: 'DPM++ 2M Karras',
    scheduler: 'karras',
    steps: 30,
    cfg_scale: 6.5,
    width: 768,
    height: 1152,
    use_refiner: false,
    refiner_checkpoint: 'None',
    refiner_switch_at: 80,
    refiner_switch_steps: 0,
    enable_hr: true,
    hr_scale: 1.5,
    hr_upscaler: 'Latent',
    hr_second_pass_steps: 12,
    denoising_strength: 0.35,
    subseed_strength: 0.5,
  },
  img2img: { model: '', steps: 15, sampler_name: 'Euler a', denoising_strength: 0.3, mask_mode: 'none' },
  upscale: { upscaler: '4x-UltraSharp', upscaling_resize: 2, upscale_mode: 'single', enabled: false },
  adetailer: {
    adetailer_model: 'face_yolov8n.pt',
    ad_model: 'face_yolov8n.pt',
    adetailer_confidence: 0.4,
    ad_confidence: 0.35,
    scheduler: 'Use sampler default',
  },
  pipeline: { txt2img_enabled: true, img2img_enabled: false, upscale_enabled: true, adetailer_enabled: true },
};

/** A job record: what ran in `stage_chain`, in an order that the canonical sequence does not have. */
export const jobRecord = {
  job_id: 'job-7',
  base_model: 'dreamXL',
  positive_prompt: 'a lighthouse',
  steps: 24,
  config: { upscale: { enabled: false, upscaling_resize: 3 }, stages: ['txt2img', 'upscale'] },
  stage_chain: [
    { stage_type: 'txt2img', enabled: true, steps: 24, model: 'dreamXL', extra: { clip_skip: 2 } },
    { stage_type: 'img2img', enabled: false, steps: null, extra: {} },
    {
      stage_type: 'adetailer',
      enabled: true,
      model: 'dreamXL',
      extra: { adetailer_model: 'hand_yolov8n.pt' },
    },
    { stage_type: 'upscale', enabled: true, extra: { upscaler: 'R-ESRGAN 4x+', upscaling_resize: 2 } },
    { stage_type: 'animatediff', enabled: false },
  ],
};
