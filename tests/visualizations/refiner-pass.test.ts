import { describe, expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';
import { drawJourney, drawSequence, journeyOfPlan, journeyOfRun } from '../../visualizations/index.ts';
import { configOf, everySwitchSet, refiner } from '../fixtures.ts';

const refined = { txt2img_enabled: true, hires_enabled: true, ...refiner } as const;

describe.each([
  ['first', 'refined: in the first pass'],
  ['second', 'refined: in the hires pass'],
  ['both', 'refined: in both passes'],
] as const)('a refiner in "%s"', (refiner_pass, label) => {
  const run: RunConfigInput = { ...refined, refiner_pass };

  test.each(['svg', 'dot', 'mermaid'] as const)(
    'is said by the state in the %s of its run and of its plan',
    async (format) => {
      const drawn = await drawJourney(journeyOfRun(run), format);
      expect(drawn).toContain(label);
      const plan = buildStagePlan(run);
      expect(await drawJourney(journeyOfPlan(plan), format)).toBe(drawn);
      // Of a plan's events nobody knows it.
      expect(await drawJourney(journeyOfPlan({ events: plan.events }), format)).not.toContain('refined: in ');
    },
  );

  test('is said in the words under the pointer too', async () => {
    const { notes } = journeyOfRun(run);
    expect(notes).toEqual({ 'txt2img.refined': label.replace('refined: ', '') });
    expect(await drawJourney(journeyOfRun(run), 'svg')).toContain(`Here: ${notes['txt2img.refined']}.`);
  });
});

test('without hires fix a refiner works in the first pass, whatever the run says', () => {
  const { notes } = journeyOfRun({ ...refined, hires_enabled: false, refiner_pass: 'second' });
  expect(notes).toEqual({ 'txt2img.refined': 'in the first pass' });
});

test('a plan that is cut off behind the refiner has it said where the walk ends', () => {
  const { stages } = buildStagePlan({ ...refined, refiner_pass: 'both' });
  const { legal, notes } = journeyOfPlan({ events: ['stage.txt2img', 'pass.refiner'], stages });
  expect([legal, notes]).toEqual([false, { 'txt2img.refined': 'in both passes' }]);
});

test('without a refiner in the plan nothing is said, and neither of the machine alone or of a rejected run', async () => {
  expect(journeyOfRun({ ...refined, refiner_enabled: false, refiner_pass: 'both' }).notes).toEqual({});
  expect(journeyOfRun({ ...refined, txt2img_enabled: false }).notes).toEqual({});
  expect(await drawSequence(sequences.canonical, 'svg')).not.toContain('refined: in ');
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
      const { notes } = journeyOfPlan(result.plan, { sequence });
      expect(Object.keys(notes)).toEqual(
        result.plan.events.includes('pass.refiner') ? ['txt2img.refined'] : [],
      );
    }
  },
);
