import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  buildStagePlan,
  explainStagePlan,
  InvalidRunConfigError,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../src/index.ts';

const run = { txt2img_enabled: true };
const plan: unknown = JSON.parse(JSON.stringify(buildStagePlan(run)));
const preset: unknown = JSON.parse(readFileSync('examples/import/stablenew-preset.json', 'utf8'));
const request = { prompt: 'a lighthouse', steps: 20, enable_hr: true, hr_scale: 2 };

test.each([
  ['a plan', plan, 'verifyStagePlan (stageplan verify)'],
  ['a preset', preset, 'stageplan build --import'],
  ["a WebUI's request", request, 'stageplan build --import'],
])('%s handed to build is called by its name, with the command that takes it', (_, document, command) => {
  const result = safeBuildStagePlan(document);
  const error = result.success ? undefined : result.error;
  expect(error).toBeInstanceOf(InvalidRunConfigError);
  expect(error).toMatchObject({
    problems: [{ path: [], code: 'other_document', message: expect.stringContaining(command) }],
  });
});

test.each([
  ['a RunConfig', run, 'buildStagePlan (stageplan build)'],
  ['a preset', preset, 'stageplan build --import'],
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
