import { expect, test, vi } from 'vitest';
import { configOf, everySwitchSet, everything, refiner } from '../fixtures.ts';
import { rebuild, type State } from '../rebuild.ts';

type Library = typeof import('../../src/index.ts');

const library = await import('../../src/index.ts');

/** The library with every sentence in other words. */
async function reworded(): Promise<Library> {
  vi.resetModules();
  vi.doMock('../../src/route/sentences.ts', async (importOriginal) => {
    const says = await importOriginal<Record<string, (...args: unknown[]) => string>>();
    const others = Object.entries(says).map(([name, say]) => [
      name,
      (...args: unknown[]) => `In other words: ${say(...args)}`,
    ]);
    return Object.fromEntries(others);
  });
  return import('../../src/index.ts');
}

const other = await reworded();

const repaired = {
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  stage_order: ['adetailer', 'upscale', 'txt2img'],
};
const runs: readonly object[] = [
  ...everySwitchSet.map(configOf),
  everything,
  repaired,
  { ...repaired, ...refiner },
];
const sequences = ['canonical', 'detail-before-upscale'] as const;

/** A value without its sentences. */
function fieldsOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'message' ? undefined : inner)));
}

test('the sentences really are other ones', () => {
  const message = ({ explainStagePlan }: Library) => explainStagePlan({}).rejections[0]?.message;
  expect(message(other)).toMatch(/^In other words: /);
  expect(message(library)).not.toMatch(/^In other words: /);
  const [decision] = other.buildStagePlan(everything).decisions;
  expect(decision && other.sayDecision(decision, 'x')).toBe('In other words: txt2img_enabled is on.');
});

test.each(sequences)('a reworded sentence changes no plan, fingerprint or verdict of %s', (sequence) => {
  const options = { sequence, order: 'repair' } as const;
  for (const run of runs) {
    const [before, after] = [library, other].map(({ safeBuildStagePlan }) =>
      safeBuildStagePlan(run, options),
    );
    expect(after?.success).toBe(before?.success);
    if (!before?.success || !after?.success) continue;
    expect(after.plan).toEqual(before.plan);
    expect(other.planFingerprint(after.plan)).toBe(library.planFingerprint(before.plan));
    const received: unknown = JSON.parse(JSON.stringify(before.plan));
    const fingerprint = library.planFingerprint(before.plan);
    expect(other.verifyStagePlan(received, { sequence, fingerprint }).problems).toEqual([]);
  }
});

test.each(sequences)('a reworded sentence changes no decision, rejection or fix of %s', (sequence) => {
  for (const run of runs) {
    const [before, after] = [library, other].map(({ explainStagePlan }) =>
      explainStagePlan(run, { sequence }),
    );
    expect(fieldsOf(after)).toEqual(fieldsOf(before));
  }
});

test('a plan holds no sentence', () => {
  const text = JSON.stringify(library.buildStagePlan(everything).decisions);
  expect(text).not.toContain('message');
  expect(text).not.toContain('_enabled');
});

test.each(sequences)(
  '%s with other descriptions has the same fingerprint, and its plans are valid',
  (name) => {
    const sequence = library.sequences[name];
    const described = rebuild(sequence, (root) => ({ ...describe(root), description: 'Another machine.' }));
    expect(described.definition.states.start?.description).toBe('Other words.');
    expect(library.sequenceFingerprint(described)).toBe(library.sequenceFingerprint(sequence));
    const plan = library.buildStagePlan(everything, { sequence });
    expect(library.verifyStagePlan(plan, { sequence: described }).problems).toEqual([]);
    expect(library.buildStagePlan(everything, { sequence: described })).toEqual(plan);
  },
);

function describe(state: State): object {
  const inner = Object.entries(state.states ?? {}).map(([key, each]) => [key, describe(each)]);
  return {
    ...state,
    description: 'Other words.',
    ...(state.states && { states: Object.fromEntries(inner) }),
  };
}
