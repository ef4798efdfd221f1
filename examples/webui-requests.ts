import { buildStagePlan } from 'stageplan';
import { toWebuiRequests, UncompilablePlanError } from 'stageplan/webui';

const plan = buildStagePlan({
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  refiner_enabled: true,
  refiner_model_name: 'sd_xl_refiner_1.0.safetensors',
  model: 'sd_xl_base_1.0.safetensors',
  prompt: 'a lighthouse on a cliff at dusk',
  seed: 42,
});

for (const { id, path, image_from, checks } of toWebuiRequests(plan, { target: 'forge' })) {
  const from = image_from?.source === 'request' ? image_from.id : 'nothing';
  console.log(`${id}: POST ${path}, takes ${from}, looks for ${checks.map(({ code }) => code).join(', ')}`);
}

try {
  toWebuiRequests(plan, { target: 'sdnext' });
} catch (error) {
  if (!(error instanceof UncompilablePlanError)) throw error;
  for (const { code, stage_id, field } of error.refusals) console.log(`${code}: ${field} of ${stage_id}`);
}
