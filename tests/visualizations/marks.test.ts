import { expect, test } from 'vitest';
import { everyPolicy } from '../../machines/policies.ts';
import { sequences } from '../../machines/sequences.ts';
import { buildStagePlan, type PlanOptions, type RunConfigInput } from '../../src/index.ts';
import {
  journeyOfPlan,
  journeyOfRun,
  type Mark,
  type Marks,
  markJourney,
  sequenceGraph,
} from '../../visualizations/index.ts';
import { configOf, everySwitchSet } from '../fixtures.ts';

function marksOf(config: RunConfigInput, options: PlanOptions = {}): Marks {
  const journey = journeyOfRun(config, options);
  return markJourney(sequenceGraph(journey.sequence), journey);
}

function marked(marks: Marks, mark: Mark): readonly string[] {
  return Object.keys(marks).filter((id) => marks[id]?.includes(mark));
}

test('a plan takes its states and the transitions between them, and skips the rest', () => {
  const marks = marksOf({ txt2img_enabled: true, hires_enabled: true, upscale_enabled: true });
  expect(marked(marks, 'taken')).toEqual([
    'start',
    'txt2img',
    'txt2img.base',
    'txt2img.hires',
    'upscale',
    'complete',
    'edge-start--stage.txt2img--txt2img',
    'edge-txt2img--stage.upscale--upscale',
    'edge-txt2img.base--pass.hires--txt2img.hires',
    'edge-upscale--plan.finished--complete',
  ]);
  expect(marked(marks, 'skipped')).toContain('adetailer');
  expect([...marked(marks, 'untried'), ...marked(marks, 'refused'), ...marked(marks, 'ended')]).toEqual([]);
});

test('a stage behind the end of the walk is not tried, and a transition that a guard closes there is refused', () => {
  const marks = marksOf({ adetailer_enabled: true });
  expect(marked(marks, 'untried')).toEqual(['adetailer', 'complete']);
  expect(marked(marks, 'refused')).toEqual(['edge-start--stage.adetailer--adetailer']);
  expect(marks.start).toEqual(['taken', 'ended']);
});

test('of several states that an event may lead to, only those that the run could have come to are not tried', () => {
  expect(marked(marksOf({ upscale_enabled: true }), 'untried')).toEqual(
    ['complete', 'standaloneUpscale'].toSorted().toReversed(),
  );
});

test('an empty run never comes to the end', () => {
  expect(marked(marksOf({}), 'untried')).toEqual(['complete']);
});

test('a wrong order is followed up to the stage that is refused', () => {
  const marks = marksOf({
    txt2img_enabled: true,
    upscale_enabled: true,
    adetailer_enabled: true,
    stage_order: ['txt2img', 'adetailer', 'upscale'],
  });
  expect(marks.adetailer).toEqual(['taken', 'ended']);
  expect(marks.upscale).toEqual(['untried']);
  expect(marks.standaloneUpscale).toEqual(['skipped']);
});

test('an order that names a stage that is off is followed up to that stage', () => {
  const journey = journeyOfRun({ txt2img_enabled: true, stage_order: ['txt2img', 'upscale'] });
  expect(journey).toMatchObject({ legal: false, refused: [], walk: { state: 'txt2img.base' } });
});

test.each(Object.entries(sequences))(
  'every run on %s is marked as its plan or its refusal says',
  (_, sequence) => {
    for (const policies of everyPolicy) {
      for (const switches of everySwitchSet) {
        const options = { sequence, ...policies };
        const journey = journeyOfRun(configOf(switches), options);
        const marks = marksOf(configOf(switches), options);
        expect(marked(marks, 'ended')).toEqual(journey.legal ? [] : [journey.walk.state]);
        expect(marked(marks, 'untried').includes('complete')).toBe(!journey.legal);
        expect(marked(marks, 'taken').filter((id) => id.startsWith('edge-'))).toHaveLength(
          journey.walk.steps.length,
        );
      }
    }
  },
);

test('a plan is marked by its events, as its run is', () => {
  const config = { img2img_enabled: true, adetailer_enabled: true };
  const journey = journeyOfPlan(buildStagePlan(config));
  expect(markJourney(sequenceGraph(journey.sequence), journey)).toEqual(marksOf(config));
});

test.each([
  [['stage.txt2img', 'stage.txt2img'], 'txt2img.base', 'stage.txt2img'],
  [['stage.txt2img'], 'txt2img.base', 'plan.finished'],
  [['stage.txt2img', 'plan.finished', 'stage.upscale'], 'complete', 'stage.upscale'],
])('a plan with the events %j is followed to %s, which refuses %s', (events, state, refused) => {
  expect(journeyOfPlan({ events })).toMatchObject({ legal: false, walk: { state }, refused: [refused] });
});

test('a config that is not valid has no journey', () => {
  expect(() => journeyOfRun({ steps: 0 })).toThrow('steps must be at least 1');
});
