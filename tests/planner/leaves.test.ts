import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { everythingAllowed } from '../../machines/policies.ts';
import { sequenceNames } from '../../machines/sequences.ts';
import {
  buildStagePlan,
  legalStageOrders,
  type RunConfigInput,
  StageExecutionPlan,
  verifyStagePlan,
} from '../../src/index.ts';
import { runOfPlan } from '../../src/plan/run-of-plan.ts';
import { legalPlans } from '../../src/testing/index.ts';
import { everything } from '../fixtures.ts';
import { leafChanges } from './leaf-changes.ts';

/** Every field stated, and all sizes known. */
const stated: RunConfigInput = {
  ...everything,
  input_image: 'photo.png',
  input_image_size: { width: 641, height: 480 },
  img2img: { ...everything.img2img, width: 640, height: 512, seed: 7 },
};

/** Exact sizes in place of factors, nothing redrawn or masked, and nothing known of an existing image. */
const exact: RunConfigInput = {
  ...stated,
  input_image: null,
  input_image_size: null,
  seed: -1,
  backend_options: {},
  hires_resize_to: { width: 1024, height: 1024 },
  img2img: {},
  upscale: { resize_to: { width: 2048, height: 1536 } },
  adetailer: { inpaint_width: 512, inpaint_height: 768 },
};

/** By factors alone, with sizes that are not known. */
const open: RunConfigInput = { ...exact, hires_resize_to: null, upscale: {}, metadata: {} };

/** The plans of a run along every order of a sequence, each with its first image kept and its order repaired. */
function plansOf(sequence: (typeof sequenceNames)[number], run: RunConfigInput) {
  // A plan is the same under every policy that allows it: these are all of them.
  return legalPlans({ sequence, ...everythingAllowed }, (switches, options) => {
    const config = { ...run, keep: [], ...switchesOf(run, switches) };
    const [first, ...more] = buildStagePlan(config, options).stages.map(({ stage_type }) => stage_type);
    if (first === undefined || more.length === 0) return buildStagePlan(config, options);
    const stage_order = run.run_id === null ? undefined : [...more, first];
    return buildStagePlan({ ...config, keep: [first], stage_order }, { ...options, order: 'repair' });
  });
}

function switchesOf(run: RunConfigInput, switches: Readonly<Record<string, unknown>>): object {
  const names = Object.keys(run).filter((field) => field.endsWith('_enabled'));
  return Object.fromEntries(names.map((name) => [name, switches[name] === true]));
}

type Plan = StageExecutionPlan;

/** A path in a plan by the types of stages: `txt2img.stage_config.steps`, `adetailer.stage_config.detectors[*].prompt`. */
function named(path: string, { stages }: Plan): string {
  const typed = path.replace(/^stages\[(\d+)\]/, (_, index) => stages[Number(index)]?.stage_type ?? 'stages');
  return typed.replaceAll(/\[\d+\]/g, '[*]');
}

const settings = 'prompt|negative_prompt|model|vae|sampler_name|scheduler|steps|cfg_scale';

/** The stages that can have no settings of their own, and so show those of the run. */
function showsRun({ stages }: Plan): readonly string[] {
  return stages.map(({ stage_type }) => stage_type).filter((type) => type !== 'img2img');
}

/** All that can be changed in a plan and makes the plan of another run. */
const otherPlans: readonly (readonly [path: RegExp, makes: (plan: Plan) => boolean])[] = [
  [/^run_id$/, always],
  [/^metadata\b/, always],
  // What is known of the existing image that the plan starts from.
  [
    /^(?:img2img|upscale|adetailer)\.input\.image$/,
    ({ stages: [first] }) => first?.input.source === 'external',
  ],
  [
    /^(?:img2img|upscale|adetailer)\.input_size\b/,
    ({ stages: [first] }) => first?.input.source === 'external',
  ],
  [/\.keeps_image$/, always],
  // The settings of the run, where no other stage shows them; img2img has its own.
  [
    new RegExp(`^(?:txt2img|upscale|adetailer)\\.stage_config\\.(?:${settings})$`),
    (plan) => showsRun(plan).length === 1,
  ],
  [new RegExp(`^img2img\\.stage_config\\.(?:${settings})$`), always],
  [/\.stage_config\.clip_skip$/, ({ stages }) => stages.length === 1],
  [/\.stage_config\.seed$/, always],
  [/\.stage_config\.backend_options\b/, always],
  [
    /^txt2img\.stage_config\.hires_(?:upscaler_name|denoise|steps|sampler_name|scheduler|cfg_scale|prompt|negative_prompt|model_name)$/,
    always,
  ],
  [/^txt2img\.stage_config\.refiner_(?:model_name|switch_at|pass)$/, always],
  [/^img2img\.stage_config\.(?:denoising_strength|mask(?:\..*)?|size_from)$/, always],
  // Where what is redrawn is pasted back, the picture does not show the size that it was worked at.
  [/^img2img\.stage_config\.(?:width|height)$/, pastesBack],
  [/^upscale\.stage_config\.(?:upscaler|gfpgan_visibility|codeformer_visibility|codeformer_weight)$/, always],
  [/^upscale\.stage_config\.redraw\b/, always],
  [
    /^upscale\.stage_config\.upscale_factor$/,
    ({ stages }) => stages.some((stage) => stage.output_size === null),
  ],
  [/^adetailer\.stage_config\.detectors\b/, always],
  // What the run states and no stage shows.
  [/^warnings\[\*\](?:\.field|\.value\b.*|\.input_image|\.batch_size|\.n_iter)?$/, always],
];

function always(): boolean {
  return true;
}

function pastesBack({ stages }: Plan): boolean {
  return stages.some(
    ({ stage_config: config }) => config.stage_type === 'img2img' && config.mask?.only_masked === true,
  );
}

/** What can contradict a leaf, beside a place on the way to it or inside it. */
const contradictions: readonly (readonly [leaf: RegExp, elsewhere: RegExp])[] = [
  [/^events\b/, /^(?:events|stages|decisions)\b/],
  [/^stages\[\d+\]$/, /^stages\b/],
  [/\.(\w+)$/, /\.stage_config\.$1$/],
  [/\.(?:batch_size|n_iter)$/, /\.images_(?:in|out)$/],
  [
    /(?:size|_to|factor|width|height|size_from|mask|only_masked)$/,
    /(?:_size|\.width|\.height|^warnings\[\d+\])$/,
  ],
  [/\.(?:image|steps|denoising_strength|model|refiner_model_name)$/, /^warnings\b/],
  [/^(?:decisions|warnings)\b/, /^(?:decisions|warnings)\b/],
];

function pointsAt(leaf: string, problem: string): boolean {
  if (leaf.startsWith(problem) || problem.startsWith(leaf)) return true;
  return contradictions.some(([from, elsewhere]) => {
    const [found, field = ''] = leaf.match(from) ?? [];
    return found !== undefined && new RegExp(elsewhere.source.replace('$1', field)).test(problem);
  });
}

/** What a leaf means: its path among these stages, in one that carries these passes. Plans differ in little else. */
function placeOf(leaf: string, plan: Plan): string {
  const stage = plan.stages[Number(/^stages\[(\d+)\]/.exec(leaf)?.[1])];
  const { refiner_enabled = false } = stage?.stage_config ?? {};
  const hires_enabled = Reflect.get(Object(stage?.stage_config), 'hires_enabled') === true;
  return [leaf, orderOf(plan), refiner_enabled, hires_enabled].join(' ');
}

function orderOf({ stages }: Plan): string {
  return stages.map(({ stage_type }) => stage_type).join();
}

/** A plan of stages in an order that both sequences have differs in the sequence's name alone. */
const canonicalOrders = new Set(
  Array.from(legalStageOrders(everythingAllowed), ({ stages }) => stages.join()),
);

/** Many times faster than expect, which is asked only where it has something to show. */
function expectEqual(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
}

const used = new Set<RegExp>();

describe.each(sequenceNames)('in the sequence %s', (sequence) => {
  const options = { sequence, ...everythingAllowed };

  test.each(Object.entries({ stated, exact, open }))(
    'every leaf of every legal plan of a run with %s settings is held by the rest, or makes the plan of another run',
    (name, run) => {
      const changedIn = new Map<string, number>();
      for (const [index, { plan }] of [...plansOf(sequence, run)].entries()) {
        // The other settings differ in a few leaves, which some of the plans show as well as all.
        if (name !== 'stated' && index % 3 > 0) continue;
        // Three stages stand to each other as two of them do, or all four.
        if (name === 'stated' && plan.stages.length === 3) continue;
        if (sequence !== 'canonical' && canonicalOrders.has(orderOf(plan))) continue;
        expect(verifyStagePlan(plan, options).problems).toEqual([]);
        for (const { path, value } of leafChanges(StageExecutionPlan, plan)) {
          const leaf = path.slice(1);
          const place = placeOf(leaf, plan);
          if ((changedIn.get(place) ?? index) !== index) continue;
          changedIn.set(place, index);
          const verdict = verifyStagePlan(value, options);
          if (verdict.valid) {
            const listed = otherPlans.find(
              ([pattern, makes]) => pattern.test(named(leaf, plan)) && makes(plan),
            );
            if (listed === undefined)
              expect.unreachable(`${named(leaf, plan)} of ${plan.events} is not seen`);
            used.add(listed[0]);
            const other = buildStagePlan(runOfPlan(verdict.plan), { ...options, order: 'repair' });
            expectEqual(other, value);
          } else {
            const told = verdict.problems.filter((problem) => pointsAt(leaf, problem.path));
            if (told.length === 0 || verdict.problems.some(({ code }) => code === 'malformed_plan'))
              expect.unreachable(`${leaf} of ${plan.events}: ${JSON.stringify(verdict.problems)}`);
          }
        }
      }
    },
  );
});

test('every path on the list of what makes another plan is needed', () => {
  expect(otherPlans.map(([path]) => path).filter((path) => !used.has(path))).toEqual([]);
});
