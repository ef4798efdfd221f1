import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { buildStagePlan } from '../../src/index.ts';
import {
  drawJourney,
  journeyOfPlan,
  journeyOfRun,
  sequenceGraph,
  storyOf,
} from '../../visualizations/index.ts';
import { everything } from '../fixtures.ts';

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

test('an event that no arrow has is asked for nowhere', () => {
  const journey = journeyOfPlan({ events: ['stage.unheard'] });
  const { marks, refusal } = storyOf(graph, journey);
  expect(refusal?.label).toBe('unheard, 1st');
  expect(Object.entries(marks).filter(([, each]) => each.includes('untried'))).toEqual([
    ['complete', ['untried']],
  ]);
});

test('what a stage of a file lacks is not said of it', () => {
  const events = ['stage.txt2img', 'pass.refiner', 'pass.hires', 'plan.finished'];
  const stages = [{ stage_config: { refiner_switch_at: 0.8, hires_enabled: true } }];
  expect(journeyOfPlan({ events, stages }).details).toEqual({
    'txt2img.base': ['', 'the loaded model', '\u2192 its own size'],
    'txt2img.refined': ['', '', 'from 0.8 of the steps'],
    'txt2img.hires': ['', '', '\u2192 its own size'],
  });
});

test('a pass of which a stage knows nothing has no lines', () => {
  const events = ['stage.txt2img', 'pass.hires', 'plan.finished'];
  expect(journeyOfPlan({ events, stages: [{ stage_config: {} }] }).details['txt2img.hires']).toEqual([]);
});

test('in a narrow picture the cross, its words and the legend stay inside', async () => {
  const nothing = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
  const narrow = {
    id: 'narrow',
    initial: 'start',
    states: {
      start: { meta: nothing, on: { 'stage.txt2img': { target: 'drawn' } } },
      drawn: {
        meta: { ...nothing, stage_type: 'txt2img', gives: 'image' },
        on: { 'plan.finished': { target: 'complete' } },
      },
      complete: { type: 'final', meta: nothing },
    },
  } as const;
  const sequence = createMachine(narrow);
  const journey = journeyOfRun({ ...everything, run_id: 'long '.repeat(50) }, { sequence });
  const picture = await drawJourney(journey, 'svg');
  const width = Number(picture.match(/viewBox="0 \S+ (\S+)/)?.[1]);
  const texts = Array.from(
    picture.matchAll(/<text x="([\d.]+)"[^>]*>([^<]*)</g),
    ([, x, text = '']) => [Number(x), text] as const,
  );
  expect(texts.filter(([x, text]) => x + text.length * 5 > width)).toEqual([]);
  const rows = new Set(picture.slice(picture.indexOf('class="legend"')).match(/ y="[^"]*"/g));
  expect(rows.size).toBeGreaterThan(1);
});
