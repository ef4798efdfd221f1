import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { canonicalSequence } from '../machines/canonical-sequence.ts';
import { everythingAllowed } from '../machines/policies.ts';
import {
  PlanWarning,
  parseRunConfig,
  RunConfig,
  type RunConfigInput,
  StageConfig,
  safeBuildStagePlan,
  stageTypes,
} from '../src/index.ts';
import { runConfigJsonSchema, stagePlanJsonSchema } from '../src/planner/json-schemas.ts';
import { everything } from './fixtures.ts';
import { leafChanges } from './planner/leaf-changes.ts';
import { type Field, fieldsOf, tableOf } from './reference.ts';

const runHead = `# The RunConfig

What a run may ask for: strict JSON in snake_case. A switch that is left out is off, a field without a default may be left out, and
\`null\` means "as the run" wherever a stage or a pass can differ from it, unless the field says otherwise. An unknown key is an error
that suggests the one that was meant:

\`\`\`console
$ echo '{"txt2img_enabled":true,"sampler":"Euler a","steps":200,"refiner_enabled":true}' | npx stageplan build --table
✗ standard input is not a valid RunConfig.
  ✗ steps must be at most 150, but is 200.
  ✗ sampler is not a field of a RunConfig. Did you mean sampler_name?
  ✗ refiner_model_name is required when refiner_enabled is true.
\`\`\`

A refiner model name alone does not switch the refiner on. \`input_image\` is for plans that start from an image; it is never opened, so
\`input_image_size\` says how large it is. What a small schema should not hold (ControlNet, styles, tiling) goes into
\`backend_options\`.

## Every field

This table is made from [\`schemas/run-config.schema.json\`](../schemas/run-config.schema.json); with that in \`$schema\` an editor completes
and checks. "Stands in" is found by changing the field: these are the stages whose settings become other ones. A stage that
[ignores a setting](runner.md#what-counts-in-which-stage) carries it all the same.

`;

const planHead = `# The plan

A plan says what will happen, to the pixel and to the image. Each stage has its settings, the sizes and the number of images that
come in and go out, and whether its images are kept; \`warnings\` say what its author may not expect. [Write a runner in an
afternoon](runner.md) tells which fields count in which stage.

\`events\` is the order that the machine accepted. \`decisions\` has one entry for every stage and pass of the machine, planned, skipped or
moved, each with the state it was decided in, a \`reason\` from a closed set and the stage that carries it. A plan holds no prose:
\`sayDecision\` and \`sayWarning\` say it in words, and words may change in any release.

A plan is frozen, survives JSON, and is the same for the same run, to the byte. Verifying builds it anew from what it says of its run,
and names every field in which the two differ. A change that makes the plan of another run, say other \`steps\` in the only stage, shows
only against the plan's fingerprint: keep it, and hand it to \`verifyStagePlan\`. \`tests/planner/leaves.test.ts\` changes every leaf of every
plan, and has the list.

## A plan of another format

It does not convert, and is refused: by \`verifyStagePlan\`, and so by \`stageplan verify\` and \`stageplan compile\`, with
\`other_format\`; by \`migrateStagePlan\` with a \`PlanFormatError\`, whose \`converts\` is false. Build it again from its RunConfig.

One of the format "1.0" does not say at which size img2img really works, which stage makes the batch, in which pass the
refiner works, or with which strength an enlarged picture is drawn again: any answer would be invented.
In its RunConfig \`hires_use_base_model\` has become \`refiner_pass\`: \`true\` is \`"first"\`, \`false\` is \`"both"\`.

`;

const types = stageTypes(canonicalSequence);

/** Runs that together ask for everything, in each of its places. */
const runs: readonly RunConfigInput[] = [
  { ...everything, keep: [], img2img: { ...everything.img2img, ...size(768), seed: 7 } },
  {
    ...everything,
    ...hiresAsRun(),
    keep: [],
    hires_resize_to: size(2048),
    img2img: {},
    upscale: { resize_to: size(1024), redraw: {} },
  },
  {
    ...everything,
    ...hiresAsRun(),
    keep: [],
    txt2img_enabled: false,
    refiner_enabled: false,
    upscale_enabled: false,
    img2img: {},
  },
  { upscale_enabled: true, upscale: { redraw: {} } },
  {
    img2img_enabled: true,
    hires_enabled: true,
    adetailer_enabled: true,
    // One pixel more makes another block of 8.
    input_image_size: size(639),
    hires_resize_to: size(1024),
  },
];

function hiresAsRun(): RunConfigInput {
  const own = Object.keys(everything).filter((field) =>
    /^hires_(?:steps|sampler_name|scheduler|cfg_scale|prompt|negative_prompt|model_name)$/.test(field),
  );
  return Object.fromEntries(own.map((field) => [field, null]));
}

function size(side: number) {
  return { width: side, height: side };
}

/** The settings of each stage of a run's plan, without the switches that every stage carries. */
function settingsOf(run: unknown): ReadonlyMap<string, string> {
  const result = safeBuildStagePlan(run, everythingAllowed);
  const stages = result.success ? result.plan.stages : [];
  return new Map(
    stages.map(({ stage_type, stage_config }) => {
      const settings = Object.entries(stage_config).filter(([field]) => !field.endsWith('_enabled'));
      return [stage_type, JSON.stringify(settings)];
    }),
  );
}

/** For each field of a RunConfig the stages whose settings are other ones when it is changed. */
function findPlaces(): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const run of runs.map(parseRunConfig)) {
    const before = settingsOf(run);
    for (const { path, value } of leafChanges(RunConfig, run)) {
      const after = settingsOf(value);
      const changed = types.filter((type) => before.get(type) !== after.get(type));
      for (const field of after.size === 0 ? [] : around(path.slice(1).replaceAll(/\[\d+\]/g, '[]'))) {
        const found = places.get(field) ?? new Set();
        places.set(field, found);
        for (const type of changed) found.add(type);
      }
    }
  }
  return places;
}

/** A path and those of the objects around it. */
function around(path: string): readonly string[] {
  const end = path.search(/(?:\.|\[\])[^.[]*$/);
  return end === -1 ? [path] : [path, ...around(path.slice(0, end))];
}

test('docs/run-config.md is the schema of a RunConfig, with the stages that each field stands in', async () => {
  const places = findPlaces();
  const standsIn = ({ path }: Field) => types.filter((type) => places.get(path)?.has(type)).join(', ');
  const table = tableOf(fieldsOf(runConfigJsonSchema()), {
    Default: (field) => field.default,
    'Stands in': (field) => standsIn(field) || 'the plan',
  });
  await expect(`${runHead}${table}`).toMatchFileSnapshot('../docs/run-config.md');
});

test('docs/plan.md is the schema of a plan', async () => {
  const fields = fieldsOf(stagePlanJsonSchema());
  const config = 'stages[].stage_config.';
  const settings = fields.filter(({ path }) => path.startsWith(config));
  const stages = StageConfig.options.map((option) =>
    fieldsOf(z.toJSONSchema(option, { unrepresentable: 'any' }), config),
  );
  const stagesWith = ({ path, meaning }: Field) =>
    stages.flatMap((found) =>
      found.some((field) => field.path === path && field.meaning === meaning) ? typesOf(found) : [],
    );
  const everywhere = settings.filter(({ path }) =>
    settings.every((field) => field.path !== path || stagesWith(field).length === types.length),
  );
  const parts = [
    planHead,
    '## The plan as a whole\n\nMade from [`schemas/stage-execution-plan.schema.json`](../schemas/stage-execution-plan.schema.json).\n\n',
    tableOf(fields.filter((field) => !settings.includes(field))),
    '\n## The settings of every stage\n\n',
    tableOf(everywhere),
    '\n## The settings of some stages\n\n',
    tableOf(
      settings.filter((field) => !everywhere.includes(field)),
      { 'Stands in': (field) => stagesWith(field).join(', ') },
    ),
  ];
  await expect(parts.join('')).toMatchFileSnapshot('../docs/plan.md');
});

/** The stage types that the branches of one stage's config are of. */
function typesOf(branches: readonly Field[]): readonly string[] {
  return branches
    .filter(({ path }) => path.endsWith('.stage_type'))
    .map(({ type }) => type.replaceAll(/[`"]/g, ''));
}

test('docs/runner.md names every warning, and every setting of a stage as counting or not', () => {
  const page = readFileSync('docs/runner.md', 'utf8');
  const codes = PlanWarning.options.map(({ shape }) => shape.code.value);
  expect(codes.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
  const shared =
    /^(?:stage_type|enabled|prompt|negative_prompt|model|vae|sampler_name|scheduler|steps|cfg_scale|clip_skip|batch_size|n_iter)$/;
  const settings = StageConfig.options
    .flatMap((option) => fieldsOf(z.toJSONSchema(option, { unrepresentable: 'any' })))
    .map(({ path }) => path)
    .filter((path) => !/[.[]/.test(path) && !/^(?:refiner|hires|gfpgan|codeformer)_|_enabled$/.test(path));
  const named = (path: string) => page.includes(`\`${path}\``);
  expect(settings.filter((path) => !shared.test(path) && !named(path))).toEqual([]);
});
