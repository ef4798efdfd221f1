import { describe, expect, test } from 'vitest';
import { lossy, noted, onlyRun } from './only-run.ts';

const swarm = (prompt: string, loras: readonly string[], loraweights: readonly string[]) =>
  onlyRun({
    sui_image_params: { prompt, model: 'm', steps: 20, width: 512, height: 512, loras, loraweights },
  });
const place = 'sui_image_params.loras';

describe('a LoRA that is listed', () => {
  test('and has a tag in the prompt is one LoRA', () => {
    const run = swarm('a kiln <lora:ash:0.5>', ['glazes/ash.safetensors', 'clay'], ['0.5', '1']);
    expect(run.config.prompt).toBe('a kiln <lora:ash:0.5> <lora:clay:1>');
    expect([lossy(run), noted(run, 'ignored')]).toEqual([[], expect.arrayContaining([place])]);
  });

  test('at another weight than its tag contradicts it', () => {
    const run = swarm('a kiln <lora:ash:0.5>', ['ash'], ['0.8']);
    expect(run.config.prompt).toBe('a kiln <lora:ash:0.5>');
    expect(noted(run, 'contradicted')).toEqual([place]);
  });

  test('by a name that no tag can hold is lost', () => {
    const run = swarm('a kiln', ['ash: the second'], ['1']);
    expect([run.config.prompt, lossy(run)]).toEqual(['a kiln', [place]]);
  });

  test('by a page of Civitai with such a name is lost', () => {
    const listed = '[{"type":"lora","weight":0.8,"modelName":"Ash: glaze"}]';
    const run = onlyRun(`a kiln\nSteps: 9, Sampler: Euler a, Size: 512x512, Civitai resources: ${listed}`);
    expect([run.config.prompt, lossy(run)]).toEqual(['a kiln', ['Civitai resources.0']]);
  });

  test('with its weight by Fooocus becomes a tag', () => {
    const parameters = 'Steps: 9, Sampler: Euler a, Size: 512x512, Lora weights: "ash: 0.1, clay: 0.5"';
    const run = onlyRun(`a kiln\nNegative prompt: mud\n${parameters}, Version: Fooocus v2.5.5`);
    expect(run.config).toMatchObject({
      prompt: 'a kiln <lora:ash:0.1> <lora:clay:0.5>',
      negative_prompt: 'mud',
    });
    expect(lossy(run)).toEqual([]);
  });
});
