import { buildStagePlan, InvalidStagePlanError, saySize, verifyStagePlan } from 'stageplan';

const plan = buildStagePlan({
  txt2img_enabled: true,
  hires_enabled: true,
  adetailer_enabled: true,
  model: 'sd_xl_base_1.0.safetensors',
  prompt: 'a fisherman mending nets, morning light',
  seed: 7,
});

for (const { id, images_out, output_size } of plan.stages)
  console.log(`${id}: ${images_out} of ${saySize(output_size)}`);

console.log(verifyStagePlan(JSON.parse(JSON.stringify(plan))).valid);

try {
  buildStagePlan({ upscale_enabled: true });
} catch (error) {
  if (!(error instanceof InvalidStagePlanError)) throw error;
  for (const { code, message } of error.rejections) console.log(`${code}: ${message}`);
}
