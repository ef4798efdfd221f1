import { buildStagePlan } from 'stageplan';
import { toComfyPrompt, validateComfyPrompt } from 'stageplan/comfyui';

const plan = buildStagePlan({
  txt2img_enabled: true,
  upscale_enabled: true,
  refiner_enabled: true,
  refiner_model_name: 'sd_xl_refiner_1.0.safetensors',
  model: 'sd_xl_base_1.0.safetensors',
  prompt: 'a lighthouse on a cliff at dusk <lora:ink:0.8>',
  seed: 42,
});

const { prompt } = toComfyPrompt(plan);
for (const [id, { class_type }] of Object.entries(prompt)) console.log(`${id}: ${class_type}`);

// A server says what it has in GET /object_info. This one has a single node.
const objectInfo = {
  VAEDecode: { input: { required: { samples: ['LATENT'], vae: ['VAE'] } }, output: ['IMAGE'] },
};
const types = validateComfyPrompt(prompt, objectInfo).map(({ type }) => type);
console.log(`${new Set(types).size} kinds of problems: ${[...new Set(types)].join(', ')}`);
