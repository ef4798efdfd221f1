import type { SequenceName, SequencePolicies } from '../src/index.ts';

type Run = Readonly<Record<string, boolean | undefined>>;

/** The seed's rules, and the policies, written without a look at the machine: what makes a set of switches legal. */
const seedRules: Readonly<Record<string, (run: Run, policies: SequencePolicies) => boolean>> = {
  'no empty plan': (run) =>
    [run.txt2img_enabled, run.img2img_enabled, run.upscale_enabled, run.adetailer_enabled].includes(true),
  'the refiner works inside txt2img': (run) => !run.refiner_enabled || run.txt2img_enabled === true,
  'hires fix works inside txt2img, or else after img2img': (run) => !run.hires_enabled || generates(run),
  'ADetailer needs generation, unless it may stand alone on an existing image': (run, policies) =>
    !run.adetailer_enabled || generates(run) || (policies.standaloneAdetailer && policies.externalInput),
  'an upscale needs generation, unless it may stand alone on an existing image': (run, policies) =>
    !run.upscale_enabled || generates(run) || (policies.standaloneUpscale && policies.externalInput),
  'img2img without txt2img needs an existing image': (run, policies) =>
    !run.img2img_enabled || run.txt2img_enabled === true || policies.externalInput,
};

/** Who may never stand before whom, in either sequence. */
const neverBefore = [
  ['adetailer', 'txt2img'],
  ['adetailer', 'img2img'],
  ['upscale', 'txt2img'],
  ['upscale', 'img2img'],
  ['img2img', 'txt2img'],
] as const;

/** The one pair about which the sequences differ: the seed details last, the other order enlarges last. */
const lastPair = {
  canonical: ['adetailer', 'upscale'],
  'detail-before-upscale': ['upscale', 'adetailer'],
} as const satisfies Readonly<Record<SequenceName, readonly [string, string]>>;

/** The rules of the seed that a set of switches breaks. */
export function brokenRules(run: Run, policies: SequencePolicies): readonly string[] {
  return Object.keys(seedRules).filter((rule) => !seedRules[rule]?.(run, policies));
}

/** The stages that a legal set of switches asks for, in no order. */
export function stagesAsked(run: Run): ReadonlySet<string> {
  const asked = {
    txt2img: run.txt2img_enabled,
    img2img: run.img2img_enabled,
    adetailer: run.adetailer_enabled,
    upscale: run.upscale_enabled || (run.hires_enabled && !run.txt2img_enabled),
  };
  return new Set(Object.entries(asked).flatMap(([stage, wanted]) => (wanted ? [stage] : [])));
}

/** The passes of a legal set of switches, each with the stage that carries it: hires fix works in txt2img, or else in the upscale. */
export function passesAsked(run: Run): readonly string[] {
  const hires = run.txt2img_enabled ? 'hires in txt2img' : 'hires in upscale';
  return [...(run.hires_enabled ? [hires] : []), ...(run.refiner_enabled ? ['refiner in txt2img'] : [])];
}

/** Whether an order of stages is one that the seed allows, or the other sequence. */
export function keepsOrder(stages: readonly string[], sequence: SequenceName = 'canonical'): boolean {
  return [...neverBefore, lastPair[sequence]].every(([early, late]) => {
    const at = stages.indexOf(early);
    return at === -1 || !stages.slice(at).includes(late);
  });
}

function generates(run: Run): boolean {
  return run.txt2img_enabled === true || run.img2img_enabled === true;
}
