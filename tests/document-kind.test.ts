import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toComfyPrompt } from '../src/compile/comfyui/index.ts';
import { toWebuiRequests } from '../src/compile/webui/index.ts';
import { importStableNew } from '../src/import/index.ts';
import {
  buildStagePlan,
  diffStagePlans,
  explainStagePlan,
  InvalidRunConfigError,
  migrateStagePlan,
  NoPlanError,
  planFingerprint,
  resolveSeeds,
  type StageExecutionPlan,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../src/index.ts';

const run = { txt2img_enabled: true };
const plan: unknown = JSON.parse(JSON.stringify(buildStagePlan(run)));
const preset: unknown = JSON.parse(readFileSync('examples/import/stablenew-preset.json', 'utf8'));
const request = { prompt: 'a lighthouse', steps: 20, enable_hr: true, hr_scale: 2 };

const graph = {
  3: { class_type: 'KSampler', inputs: { seed: 1 } },
  4: { class_type: 'SaveImage', inputs: {} },
};
type Row = readonly [name: string, document: unknown, words: string];
const foreign: readonly (readonly [...Row, kind: string])[] = [
  ['a preset', preset, 'stageplan build --import', 'preset'],
  ["a WebUI's request", request, 'stageplan build --import', 'preset'],
  ['a graph of ComfyUI', graph, 'stageplan import', 'graph'],
  ['a graph as it is queued', { prompt: graph, client_id: 'x' }, 'stageplan import', 'graph'],
  ["a drawing of ComfyUI's editor", { nodes: [], links: [], version: 0.4 }, 'API format', 'drawing'],
  ['an explanation', explainStagePlan(run), 'explainStagePlan', 'explanation'],
  ['the explanation of a run that is refused', explainStagePlan({}), 'explainStagePlan', 'explanation'],
  ['the result of a build', safeBuildStagePlan(run), 'its field plan', 'answer'],
  ['what an import gave', importStableNew(preset), 'its field config', 'import'],
  ['the verdict on a plan', verifyStagePlan(plan), 'its field plan', 'answer'],
];

test.each<Row>([
  ['a plan', plan, 'verifyStagePlan (stageplan verify)'],
  ...foreign.map(([name, document, words]): Row => [name, document, words]),
])('%s handed to build is called by its name, with the command that takes it', (_, document, command) => {
  const result = safeBuildStagePlan(document);
  const error = result.success ? undefined : result.error;
  expect(error).toBeInstanceOf(InvalidRunConfigError);
  expect(error).toMatchObject({
    problems: [{ path: [], code: 'other_document', message: expect.stringContaining(command) }],
  });
});

test.each<Row>([
  ['a RunConfig', run, 'buildStagePlan (stageplan build)'],
  ...foreign.map(([name, document, words]): Row => [name, document, words]),
])('%s handed to verify is called by its name, with the command that takes it', (_, document, command) => {
  expect(verifyStagePlan(document).problems).toEqual([
    { code: 'malformed_plan', path: '', message: expect.stringContaining(command) },
  ]);
});

test('a run with a field by the name of another program is a run all the same', () => {
  expect(explainStagePlan({ ...run, enable_hr: true }).problems).toMatchObject([
    { code: 'unknown_key', suggestion: 'hires_enabled' },
  ]);
});

test.each([[null], [[]], ['text'], [{}], [{ x: 1 }]])(
  'of %j nobody knows what it was meant to be',
  (document) => {
    expect(
      verifyStagePlan(document)
        .problems.map(({ message }) => message)
        .join(),
    ).not.toContain('stageplan ');
  },
);

describe('what takes a plan and has no verdict to give throws, and calls what it was handed by its name', () => {
  const built = buildStagePlan(run);
  const takers: Readonly<Record<string, (value: StageExecutionPlan) => unknown>> = {
    migrateStagePlan: (value) => migrateStagePlan(value, 'canonical'),
    diffStagePlans: (value) => diffStagePlans(value, built),
    'diffStagePlans, second': (value) => diffStagePlans(built, value),
    resolveSeeds: (value) => resolveSeeds(value, () => 1),
    planFingerprint,
    toWebuiRequests: (value) => toWebuiRequests(value, { target: 'a1111' }),
    toComfyPrompt: (value) => toComfyPrompt(value),
  };
  const others: typeof foreign = [
    ['a RunConfig', run, 'buildStagePlan (stageplan build)', 'run_config'],
    ...foreign,
    ['null', null, 'It is no plan', 'unknown'],
    ['a text', 'plan.json', 'It is no plan', 'unknown'],
    ['an empty object', {}, 'It is no plan', 'unknown'],
    ['a list of plans', [built], 'It is no plan', 'unknown'],
  ];

  test.each(Object.entries(takers))('%s', (_, take) => {
    for (const [, document, words, kind] of others) {
      // @ts-expect-error: as from JavaScript.
      const value: StageExecutionPlan = document;
      const error = thrownBy(() => take(value));
      expect(error).toBeInstanceOf(NoPlanError);
      expect(error).toMatchObject({ name: 'NoPlanError', kind, message: expect.stringContaining(words) });
    }
    expect(() => take(built)).not.toThrow(NoPlanError);
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
