import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { safeBuildStagePlan } from '../../src/index.ts';
import { outcomeOf, targets } from './outcome.ts';

const examples = readdirSync('examples')
  .filter((file) => file.endsWith('.json') && file !== 'rejected.json')
  .map((file) => file.replace('.json', ''));

/** An example with a seed: those of some are random, which alone would be the reason to refuse them. */
function planOf(example: string) {
  const config = JSON.parse(readFileSync(`examples/${example}.json`, 'utf8'));
  const result = safeBuildStagePlan({ seed: 1234, input_image_size: { width: 768, height: 512 }, ...config });
  if (!result.success) throw result.error;
  return result.plan;
}

describe.each(targets)('for %s', (target) => {
  test.each(examples)('the example %s compiles to what is written down', async (example) => {
    const outcome = JSON.stringify(outcomeOf(planOf(example), target), null, 2);
    await expect(`${outcome}\n`).toMatchFileSnapshot(`golden/${target}/${example}.json`);
  });
});

test.each(['refiner-hires', 'portrait-detectors', 'img2img-adetailer'])(
  'ComfyUI refuses the example %s',
  (example) => {
    expect(outcomeOf(planOf(example), 'comfyui')).toHaveProperty('refusals');
  },
);
