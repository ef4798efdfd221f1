import { planTree, sayWork } from 'stageplan';
import { planSweep } from 'stageplan/sweep';

const base = {
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  prompt: 'a fisherman in a harbour',
  seed: 42,
};

const sweep = planSweep(base, [
  { field: 'prompt', values: ['a fisherman at dawn', 'a fisherman at dusk'] },
  { field: 'upscale.redraw.denoising_strength', range: { from: 0.2, to: 0.4, step: 0.1 } },
  { field: 'adetailer.0.confidence', values: [0.3, 1.3] },
]);
console.log(`${sweep.count} combinations`);

const plans = [];
for (const { index, values, result } of sweep) {
  if (result.success) plans.push(result.plan);
  else if (index === 1) console.log(`${JSON.stringify(values)}: ${result.error.message}`);
}

console.log(sayWork(planTree(plans)));
