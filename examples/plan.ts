import { buildStagePlan, saySize } from 'stageplan';

const plan = buildStagePlan({
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  hires_enabled: true,
  model: 'sd_xl_base_1.0.safetensors',
  prompt: 'a lighthouse on a cliff at dusk',
});

for (const { id, input, output_size } of plan.stages) {
  const from = input.source === 'stage' ? input.stage_id : input.source;
  console.log(`${id} takes ${from}, gives ${saySize(output_size)}`);
}
