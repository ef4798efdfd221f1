import { describe, expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';
import { drawJourney, journeyOfPlan, journeyOfRun } from '../../visualizations/index.ts';
import { configOf, everySwitchSet, refiner } from '../fixtures.ts';

const refined = { txt2img_enabled: true, hires_enabled: true, ...refiner } as const;

describe.each([
  ['first', 'in the first pass'],
  ['second', 'in the hires pass'],
  ['both', 'in both passes'],
] as const)('a refiner in "%s"', (refiner_pass, words) => {
  const run: RunConfigInput = { ...refined, refiner_pass };

  test.each(['svg', 'dot', 'mermaid'] as const)(
    'is said by the state in the %s of its run and of its plan',
    async (format) => {
      const drawn = await drawJourney(journeyOfRun(run), format);
      const label = format === 'mermaid' ? words.replaceAll(' ', '\u00a0') : words;
      expect(drawn).toContain(label);
      const plan = buildStagePlan(run);
      expect(await drawJourney(journeyOfPlan(plan), format)).toBe(drawn);
      // Of a plan's events nobody knows it.
      expect(await drawJourney(journeyOfPlan({ events: plan.events }), format)).not.toContain(label);
    },
  );
});

test('without hires fix a refiner works in the first pass, whatever the run says', () => {
  const { details } = journeyOfRun({ ...refined, hires_enabled: false, refiner_pass: 'second' });
  expect(details['txt2img.refined']?.[0]).toBe('in the first pass');
});

test('a plan that is cut off behind the refiner has it said where the walk ends', () => {
  const { stages } = buildStagePlan({ ...refined, refiner_pass: 'both' });
  const { legal, details } = journeyOfPlan({ events: ['stage.txt2img', 'pass.refiner'], stages });
  expect([legal, details['txt2img.refined']?.[0]]).toEqual([false, 'in both passes']);
});

test('without a refiner in the plan nothing is said, and neither of a rejected run', () => {
  expect(
    journeyOfRun({ ...refined, refiner_enabled: false, refiner_pass: 'both' }).details,
  ).not.toHaveProperty(['txt2img.refined']);
  expect(journeyOfRun({ ...refined, txt2img_enabled: false }).details).toEqual({});
});

test.each(Object.entries(sequences))(
  'what %s says of its refined state holds of every plan',
  (_, sequence) => {
    const { description = '' } = sequence.root.states.txt2img?.states.refined ?? {};
    for (const word of ['first pass', 'hires fix', 'both', 'refiner_pass'])
      expect(description).toContain(word);
    for (const switches of everySwitchSet) {
      const result = safeBuildStagePlan(configOf(switches), { sequence });
      if (!result.success) continue;
      const { details } = journeyOfPlan(result.plan, { sequence });
      expect('txt2img.refined' in details).toBe(result.plan.events.includes('pass.refiner'));
    }
  },
);
