import { describe, expect, test } from 'vitest';
import { canonicalSequence, safeBuildStagePlan, verifyStageOrder } from '../src/index.ts';
import { completeWalks, searchWalks } from '../src/walk.ts';
import { configOf, everyPolicy, everySwitchSet, on } from './fixtures.ts';

type Switches = Readonly<Record<string, boolean | undefined>>;
interface Policies {
  readonly externalInput: boolean;
  readonly standaloneUpscale: boolean;
}

/** The seed's rules, and the two policies, written without a look at the machine. */
const rules: Readonly<Record<string, (run: Switches, policies: Policies) => boolean>> = {
  'no empty plan': (run) =>
    [run.txt2img_enabled, run.img2img_enabled, run.upscale_enabled, run.adetailer_enabled].includes(true),
  'the refiner works inside txt2img': (run) => !run.refiner_enabled || run.txt2img_enabled === true,
  'hires fix works inside txt2img, or else after img2img': (run) => !run.hires_enabled || generates(run),
  'ADetailer needs generation': (run) => !run.adetailer_enabled || generates(run),
  'an upscale needs generation, unless it may stand alone': (run, policies) =>
    !run.upscale_enabled || generates(run) || policies.standaloneUpscale,
  'img2img without txt2img needs an existing image': (run, policies) =>
    !run.img2img_enabled || run.txt2img_enabled === true || policies.externalInput,
};

/** Who may never stand before whom. */
const neverBefore = [
  ['adetailer', 'txt2img'],
  ['adetailer', 'img2img'],
  ['adetailer', 'upscale'],
  ['upscale', 'txt2img'],
  ['upscale', 'img2img'],
  ['img2img', 'txt2img'],
] as const;

function generates(run: Switches): boolean {
  return run.txt2img_enabled === true || run.img2img_enabled === true;
}

function stagesAsked(run: Switches): readonly string[] {
  const hiresAsUpscale = run.hires_enabled === true && run.txt2img_enabled !== true;
  const asked = {
    txt2img: run.txt2img_enabled,
    img2img: run.img2img_enabled,
    adetailer: run.adetailer_enabled,
    upscale: run.upscale_enabled || hiresAsUpscale,
  };
  return Object.entries(asked).flatMap(([stage, wanted]) => (wanted ? [stage] : []));
}

function keepsOrder(stages: readonly string[]): boolean {
  return neverBefore.every(([early, late]) => {
    const at = stages.indexOf(early);
    return at === -1 || !stages.slice(at).includes(late);
  });
}

describe.each(everyPolicy)('under %o', (policies) => {
  test.each(everySwitchSet.map((run) => [on(run), run] as const))(
    '%s is planned or rejected by the rules of the seed',
    (_, run) => {
      const broken = Object.keys(rules).filter((rule) => !rules[rule]?.(run, policies));
      const result = safeBuildStagePlan(configOf(run), policies);
      expect(result.success, broken.join('; ')).toBe(broken.length === 0);
      if (!result.success) return;
      const stages = result.plan.stages.map((stage) => stage.stage_type);
      expect(stages.toSorted()).toEqual(stagesAsked(run).toSorted());
      expect(keepsOrder(stages), stages.join()).toBe(true);
    },
  );
});

test('of the 64 sets of events 36 have exactly one walk, and the other 28 have none', () => {
  const policies = { externalInput: true, standaloneUpscale: false };
  const events = canonicalSequence.events.filter((event) => event !== 'plan.finished');
  const counts = Array.from({ length: 64 }, (_, bits) => {
    const wanted = events.filter((_event, index) => (bits >> index) & 1).sort();
    return searchWalks(canonicalSequence, policies, wanted).complete.length;
  });
  expect(counts.filter((count) => count === 1)).toHaveLength(36);
  expect(counts.filter((count) => count === 0)).toHaveLength(28);
  expect(completeWalks(canonicalSequence, policies)).toHaveLength(36);
});

const permutations = permute(['adetailer', 'img2img', 'txt2img', 'upscale']);

test.each(everyPolicy)(
  'every order of every set of stages is verified by the rules of the seed, under %o',
  (policies) => {
    for (const stages of permutations) {
      const run = Object.fromEntries(stages.map((stage) => [`${stage}_enabled`, true]));
      const legal = Object.values(rules).every((rule) => rule(run, policies)) && keepsOrder(stages);
      expect(verifyStageOrder(stages, policies).valid, stages.join()).toBe(legal);
    }
    expect(permutations).toHaveLength(65);
  },
);

/** Every order of every subset. */
function permute(items: readonly string[]): readonly (readonly string[])[] {
  return [
    [],
    ...items.flatMap((item) =>
      permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
    ),
  ];
}
