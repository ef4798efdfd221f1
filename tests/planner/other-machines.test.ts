import { describe, expect, test } from 'vitest';
import {
  buildStagePlan,
  canonicalSequence,
  definePlanner,
  explainStagePlan,
  InvalidSequenceError,
  legalStageOrders,
  type RunConfigInput,
  type StageSequence,
  safeBuildStagePlan,
  sayDecision,
  verifyStagePlan,
} from '../../src/index.ts';
import { checkSequence } from '../../src/testing/index.ts';
import { refiner } from '../fixtures.ts';
import { sequenceOf } from '../growth/machines.ts';
import { rebuild, type State } from '../rebuild.ts';

const description = 'A state of a machine for tests.';
const latent = (pass: string | null) => ({ stage_type: 'img2img', pass, takes: 'latent', gives: 'latent' });

/** The canonical machine with hires fix inside each img2img, and nowhere else. */
const hiresInImg2img = rebuild(canonicalSequence, ({ states = {}, ...root }) => {
  const passes = {
    initial: 'base',
    states: {
      base: { description, meta: latent(null), on: { 'pass.hires': { target: 'hires' } } },
      hires: { description, meta: latent('hires') },
    },
  };
  const without = (state: State | undefined, ...events: readonly string[]) =>
    Object.fromEntries(Object.entries(state?.on ?? {}).filter(([event]) => !events.includes(event)));
  const { redrawnUpscale: _, txt2img, img2img, redrawn, ...others } = states;
  const { states: inside = {} } = txt2img ?? {};
  return {
    ...root,
    states: {
      ...others,
      txt2img: {
        ...txt2img,
        states: {
          base: { ...inside.base, on: without(inside.base, 'pass.hires') },
          refined: { ...inside.refined, on: {} },
        },
      },
      img2img: { ...img2img, ...passes },
      redrawn: {
        ...redrawn,
        ...passes,
        on: { ...without(redrawn, 'pass.hires'), 'stage.upscale': { target: 'upscale' } },
      },
    },
  };
});

describe('a machine with hires fix inside img2img', () => {
  const options = { sequence: hiresInImg2img };
  const config: RunConfigInput = {
    txt2img_enabled: true,
    img2img_enabled: true,
    hires_enabled: true,
    hires_upscale_factor: 1.5,
    hires_denoise: 0.4,
    upscale_enabled: true,
  };
  const plan = buildStagePlan(config, options);

  test('serves as a sequence', () => {
    expect(checkSequence(hiresInImg2img)).toEqual([]);
    expect(() => definePlanner(options)).not.toThrow();
  });

  test('plans: the img2img stage carries the hires fields, and no other stage does', () => {
    expect(plan.events).toEqual([
      'stage.txt2img',
      'stage.img2img',
      'pass.hires',
      'stage.upscale',
      'plan.finished',
    ]);
    expect(plan.stages).toMatchObject([
      { id: '1-txt2img', stage_config: { hires_enabled: false, hires_upscale_factor: null } },
      {
        id: '2-img2img',
        stage_config: { hires_enabled: true, hires_upscale_factor: 1.5, hires_denoise: 0.4 },
      },
      { id: '3-upscale', stage_config: { redraw: null } },
    ]);
    expect(plan.stages.map(({ output_size }) => output_size?.width)).toEqual([512, 768, 1536]);
  });

  test('says that the pass works in img2img', () => {
    const decision = plan.decisions.find(({ pass }) => pass === 'hires');
    expect(decision).toEqual({
      stage: null,
      pass: 'hires',
      state: 'img2img.base',
      outcome: 'planned',
      reason: 'switch_on',
      stage_id: '2-img2img',
    });
    expect(decision && sayDecision(decision, plan.sequence.id)).toBe(
      'hires_enabled is on, and works in 2-img2img.',
    );
  });

  test('opens no upscale for an existing image', () => {
    const redrawn = buildStagePlan({ img2img_enabled: true, hires_enabled: true }, options);
    expect(redrawn.stages.map(({ id }) => id)).toEqual(['1-img2img']);
    expect(redrawn.stages[0]?.stage_config).toMatchObject({ hires_enabled: true, hires_upscale_factor: 2 });
  });

  test('verifies every plan of its own, and refuses one whose hires fields were moved', () => {
    for (const { events } of legalStageOrders(options)) {
      const on = events.map((event) => [`${event.replace(/^\w+\./, '')}_enabled`, true]);
      const { 'plan.finished_enabled': _, finished_enabled: __, ...switches } = Object.fromEntries(on);
      const built = buildStagePlan({ refiner_model_name: 'r', ...switches }, options);
      expect(built.events).toEqual(events);
      expect(verifyStagePlan(JSON.parse(JSON.stringify(built)), options).problems).toEqual([]);
    }
    const copy = JSON.parse(JSON.stringify(plan));
    copy.stages[1].stage_config = { ...copy.stages[1].stage_config, ...hiresFieldsOf(copy.stages[0]) };
    expect(verifyStagePlan(copy, options).problems).toContainEqual(
      expect.objectContaining({ code: 'tampered_stage', path: 'stages[1].stage_config.hires_enabled' }),
    );
  });

  test('explains that hires fix needs img2img', () => {
    const { rejections, fixes } = explainStagePlan({ txt2img_enabled: true, hires_enabled: true }, options);
    expect(rejections).toMatchObject([
      {
        code: 'unreachable_pass',
        pass: 'hires',
        state: 'txt2img.base',
        message:
          'hires needs img2img before it. (The walk stands in txt2img, which leads to refiner, img2img, upscale, adetailer, or the end of the plan.)',
      },
    ]);
    expect(fixes.map(({ message }) => message)).toEqual([
      'turn img2img_enabled on',
      'turn hires_enabled off',
    ]);
  });
});

function hiresFieldsOf(stage: { readonly stage_config: object }): object {
  return Object.fromEntries(Object.entries(stage.stage_config).filter(([key]) => key.startsWith('hires_')));
}

function codesOf(plan: () => unknown): readonly string[] {
  try {
    plan();
    return [];
  } catch (error) {
    if (error instanceof InvalidSequenceError) return error.problems.map(({ code }) => code);
    throw error;
  }
}

/** A chain of states behind txt2img, each with the stage and pass that it says of itself. */
function chainOf(
  ...links: readonly (readonly [event: string, stage: string, pass?: string])[]
): StageSequence {
  const states = links.map(([, stage, pass], index) => {
    const [next] = links[index + 1] ?? [];
    const on = { ...(next !== undefined && { [next]: `q${index + 1}` }), 'plan.finished': 'complete' };
    return [`q${index}`, { stage, ...(pass !== undefined && { pass }), on }] as const;
  });
  const [first = ''] = links[0] ?? [];
  return sequenceOf('chain', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: { [first]: 'q0' } },
    ...Object.fromEntries(states),
  });
}

describe('refused is', () => {
  test('a machine that takes the refiner inside upscale, since its config has no place for it', () => {
    const sequence = chainOf(['stage.upscale', 'upscale'], ['pass.refiner', 'upscale', 'refiner']);
    expect(codesOf(() => definePlanner({ sequence }))).toEqual(['unknown_pass']);
    const run = { txt2img_enabled: true, upscale_enabled: true, ...refiner };
    expect(codesOf(() => buildStagePlan(run, { sequence }))).toEqual(['unknown_pass']);
    expect(codesOf(() => safeBuildStagePlan(run, { sequence }))).toEqual(['unknown_pass']);
  });

  test.each([
    ['a circle', { 'stage.txt2img': { target: '#canonicalSequence.txt2img' } }],
    ['an event that a way repeats', { 'stage.img2img': { target: '#canonicalSequence.img2img' } }],
  ])('a machine with %s, before the first walk', (_, on) => {
    const repeating = rebuild(canonicalSequence, (root) => ({
      ...root,
      states: {
        ...root.states,
        upscale: { ...root.states?.upscale, on: { ...root.states?.upscale?.on, ...on } },
      },
    }));
    const refused = codesOf(() => buildStagePlan({ txt2img_enabled: true }, { sequence: repeating }));
    expect(new Set(refused)).toEqual(new Set(['repeated_event']));
    expect(codesOf(() => explainStagePlan({ txt2img_enabled: true }, { sequence: repeating }))).toEqual(
      refused,
    );
  });

  test.each([
    [
      'stage.upscale, taken in txt2img',
      chainOf(['stage.upscale', 'upscale'], ['stage.img2img', 'img2img'], ['pass.hires', 'upscale', 'hires']),
    ],
    [
      'pass.hires, taken in q0',
      chainOf(
        ['stage.img2img', 'img2img'],
        ['pass.hires', 'upscale', 'hires'],
        ['stage.adetailer', 'adetailer'],
        ['stage.upscale', 'upscale'],
      ),
    ],
  ])('a machine that begins a stage twice, once by a pass: %s', (where, sequence) => {
    expect(checkSequence(sequence)).toMatchObject([
      {
        code: 'repeated_stage',
        message: `${where}, begins the stage upscale, which can begin again later. A stage can stand in a sequence once: give the second one a name of its own, and define it with like.`,
      },
    ]);
    expect(codesOf(() => definePlanner({ sequence }))).toEqual(['repeated_stage']);
  });
});
