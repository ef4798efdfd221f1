import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRunConfig, safeBuildStagePlan } from '../src/index.ts';

/** What becomes of each example: its stages, or the codes of its rejections. */
const examples: Readonly<Record<string, readonly string[]>> = {
  'full-chain.json': ['txt2img', 'img2img', 'upscale', 'adetailer'],
  'img2img-adetailer.json': ['img2img', 'adetailer'],
  'portrait-detectors.json': ['txt2img', 'upscale', 'adetailer'],
  'refiner-hires.json': ['txt2img'],
  'rejected.json': ['unreachable_stage', 'unreachable_stage'],
  'txt2img.json': ['txt2img'],
};

test('every example is in the table', () => {
  expect(readdirSync('examples').filter((file) => file.endsWith('.json'))).toEqual(Object.keys(examples));
});

test.each(Object.entries(examples))('examples/%s gives %j', (file, expected) => {
  const config: unknown = JSON.parse(readFileSync(`examples/${file}`, 'utf8'));
  expect(() => parseRunConfig(config)).not.toThrow();
  const result = safeBuildStagePlan(config);
  const codes =
    !result.success && 'rejections' in result.error ? result.error.rejections.map(({ code }) => code) : [];
  expect(result.success ? result.plan.stages.map((stage) => stage.stage_type) : codes).toEqual(expected);
});
