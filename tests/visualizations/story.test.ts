import { expect, test } from 'vitest';
import { buildStagePlan } from '../../src/index.ts';
import {
  drawJourney,
  journeyOfPlan,
  journeyOfRun,
  sequenceGraph,
  storyOf,
} from '../../visualizations/index.ts';

const graph = sequenceGraph('canonical');

test('DOT has the refusal as a node behind the state where the walk ended, and says the sentence', async () => {
  const journey = journeyOfRun({ adetailer_enabled: true });
  const dot = await drawJourney(journey, 'dot');
  expect(dot).toMatch(/"start" -> "refusal" \[.*arrowhead="none"/);
  expect(dot).toMatch(/"refusal" \[.*label="✕ adetailer, 1st"/);
  expect(dot.replaceAll('\\n', ' ')).toContain(journey.sentence);
});

test('an order that names a stage that is off is refused as a step, since no event is', () => {
  const journey = journeyOfRun({ txt2img_enabled: true, stage_order: ['txt2img', 'upscale'] });
  expect(storyOf(graph, journey).refusal).toEqual({ state: 'txt2img.base', label: '2nd step' });
});

test('a walk that ends too early is refused the end', () => {
  const journey = journeyOfPlan({ events: ['stage.txt2img'] });
  expect(storyOf(graph, journey).refusal?.label).toBe('the end, 2nd');
});

test('hires fix after a redrawn image says what its upscale does', () => {
  const journey = journeyOfRun({ img2img_enabled: true, upscale_enabled: true, hires_enabled: true });
  expect(journey.details['redrawnUpscale.enlarged']?.[0]).toContain('redrawn: ');
  expect(journey.details['redrawnUpscale.hires']?.[0]).toMatch(/^\d+ steps, denoise /);
});

test('a size that nobody knows is left open', () => {
  const { details } = journeyOfRun({ upscale_enabled: true }, { standaloneUpscale: true });
  expect(details.standaloneUpscale?.at(-1)).toBe('\u2192 its own size');
  expect(details.complete).toBeUndefined();
});

test('of a plan whose stages cannot be read the way alone is told', () => {
  const { events, stages } = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true });
  expect(journeyOfPlan({ events, stages: [{ stage_config: 'none' }] }).details).toEqual({});
  expect(Object.keys(journeyOfPlan({ events, stages: stages.slice(0, 1) }).details)).toEqual([
    'txt2img.base',
    'complete',
  ]);
});
