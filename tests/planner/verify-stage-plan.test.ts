import { describe, expect, test } from 'vitest';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { filmPlanner } from '../../examples/own-stage.ts';
import {
  buildStagePlan,
  canonicalSequence,
  detailBeforeUpscale,
  planFingerprint,
  type StageExecutionPlan,
  sequenceFingerprint,
  verifyStagePlan,
} from '../../src/index.ts';
import { canonicalJson } from '../../src/json.ts';
import { knownPlans } from '../../src/planner/plan-catalog.ts';
import { verifyWith } from '../../src/planner/verify-stage-plan.ts';
import { everything } from '../fixtures.ts';
import { rebuild } from '../rebuild.ts';
import { undecided } from '../undecided.ts';

const plan = buildStagePlan(everything);

interface Mutable {
  [key: string]: Mutable & Mutable[];
}

/** The verdict on a copy of the plan with one value changed. */
function tamper(path: string, value: unknown, original: StageExecutionPlan = plan) {
  const copy: Mutable = JSON.parse(JSON.stringify(original));
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const target = keys.reduce<Mutable | undefined>((inner, key) => inner?.[key], copy);
  if (target !== undefined) Reflect.set(target, last, value);
  return verifyStagePlan(copy);
}

describe('verifyStagePlan refuses, and says what and where', () => {
  test.each([
    ['format_version', '1.0', 'other_format', 'format_version'],
    ['format_version', 2, 'malformed_plan', 'format_version'],
    ['stages.0.stage_config.steps', 151, 'malformed_plan', 'stages[0].stage_config.steps'],
    ['stages.0.stage_config.extra', 1, 'malformed_plan', 'stages[0].stage_config'],
    ['stages.2.stage_config.upscaler', undefined, 'malformed_plan', 'stages[2].stage_config.upscaler'],
    [
      'stages.3.stage_config.detectors.0.confidence',
      undefined,
      'malformed_plan',
      'stages[3].stage_config.detectors[0].confidence',
    ],
    ['stages.3.stage_config.hires_enabled', true, 'malformed_plan', 'stages[3].stage_config.hires_enabled'],
    ['stages', [], 'malformed_plan', 'stages'],
    ['sequence.fingerprint', '0'.repeat(64), 'other_sequence', 'sequence'],
    ['sequence.id', 'otherSequence', 'other_sequence', 'sequence'],
    ['events.3', 'stage.adetailer', 'illegal_events', 'events[4]'],
    ['events.6', 'stage.upscale', 'illegal_events', 'events[6]'],
    ['events', plan.events.slice(0, -1), 'illegal_events', 'events[6]'],
    ['events', [...plan.events, 'plan.finished'], 'illegal_events', 'events[7]'],
    ['events', [], 'illegal_events', 'events[0]'],
    ['stages.2.stage_type', 'adetailer', 'malformed_plan', 'stages[2].stage_type'],
    ['stages.2.output_size.width', 2504, 'tampered_stage', 'stages[2].output_size'],
    ['stages.2.images_in', 2, 'tampered_stage', 'stages[2].images_in'],
    ['stages.3.keeps_image', false, 'tampered_stage', 'stages[3].keeps_image'],
    ['stages.2.stage_config.model', 'other', 'tampered_stage', 'stages[2].stage_config.model'],
    ['warnings', [{ code: 'hires_in_upscale', stage_id: '3-upscale' }], 'tampered_warning', 'warnings[0]'],
    ['stages.2.id', '3-adetailer', 'wrong_id', 'stages[2].id'],
    ['stages.2.order_index', 7, 'wrong_index', 'stages[2].order_index'],
    ['stages.2.input.stage_id', '1-txt2img', 'broken_input_link', 'stages[2].input'],
    ['stages.0.input', { source: 'external', image: 'x.png' }, 'broken_input_link', 'stages[0].input'],
    ['stages.2.requires_input_image', false, 'tampered_stage', 'stages[2].requires_input_image'],
    ['stages.2.produces_output_image', false, 'tampered_stage', 'stages[2].produces_output_image'],
    [
      'stages.2.stage_config',
      plan.stages[1]?.stage_config,
      'malformed_plan',
      'stages[2].stage_config.stage_type',
    ],
    [
      'stages.2.stage_config.adetailer_enabled',
      false,
      'tampered_stage',
      'stages[2].stage_config.adetailer_enabled',
    ],
    ['stages', plan.stages.slice(0, 3), 'missing_stage', 'stages[3]'],
    ['stages', [...plan.stages, plan.stages[3]], 'extra_stage', 'stages[4]'],
    ['decisions.0.reason', 'switch_off', 'tampered_decision', 'decisions[0]'],
    ['decisions.0.stage_id', '2-img2img', 'tampered_decision', 'decisions[0]'],
    ['decisions', plan.decisions.slice(1), 'tampered_decision', 'decisions[0]'],
    ['decisions', [...plan.decisions, plan.decisions[0]], 'tampered_decision', 'decisions[6]'],
  ])('%s = %j: %s at %s', (path, value, code, where) => {
    const verdict = tamper(path, value);
    expect(verdict.valid).toBe(false);
    expect(verdict.problems).toContainEqual({ code, path: where, message: expect.any(String) });
  });

  test.each([null, 7, 'plan', [], {}])('%j, which is no plan', (value) => {
    const { valid, problems } = verifyStagePlan(value);
    expect([valid, problems[0]?.code]).toEqual([false, 'malformed_plan']);
  });

  test('a plan of another sequence, by name or by version', () => {
    const named = verifyStagePlan(plan, { sequence: detailBeforeUpscale });
    expect(named.problems[0]?.message).toBe(
      'The plan was built by the sequence canonicalSequence, not detailBeforeUpscale. ' +
        "Verify it under that one (the option sequence: 'canonical', --sequence canonical), or build it again from its RunConfig.",
    );
    const described = rebuild(canonicalSequence, (root) => ({ ...root, description: 'changed' }));
    expect(verifyStagePlan(plan, { sequence: described }).valid).toBe(true);
    const changed = rebuild(canonicalSequence, (root) => ({ ...root, meta: { changed: true } }));
    expect(verifyStagePlan(plan, { sequence: changed }).problems[0]?.message).toContain(
      'another version of canonicalSequence',
    );
  });

  test("a plan that the verifier's own policies forbid", () => {
    const external = buildStagePlan({ img2img_enabled: true });
    expect(verifyStagePlan(external, { externalInput: false })).toMatchObject({
      valid: false,
      problems: [{ code: 'illegal_events' }],
    });
    const upscale = buildStagePlan({ upscale_enabled: true }, { standaloneUpscale: true });
    expect(verifyStagePlan(upscale).valid).toBe(false);
    expect(verifyStagePlan(upscale, { standaloneUpscale: true }).valid).toBe(true);
  });

  test('any change at all, where the fingerprint of the original is known', () => {
    const fingerprint = planFingerprint(plan);
    const copy: unknown = JSON.parse(JSON.stringify(plan).replaceAll('"cfg_scale":6.5', '"cfg_scale":6'));
    expect(verifyStagePlan(plan, { fingerprint }).valid).toBe(true);
    expect(verifyStagePlan(copy).valid).toBe(true);
    expect(verifyStagePlan(copy, { fingerprint })).toMatchObject({
      valid: false,
      problems: [{ code: 'other_fingerprint', path: '' }],
    });
  });

  test('a moved stage whose decision was changed', () => {
    const config = {
      txt2img_enabled: true,
      upscale_enabled: true,
      adetailer_enabled: true,
      stage_order: ['adetailer', 'txt2img', 'upscale'] as const,
    };
    const moved = buildStagePlan(config, { order: 'repair' });
    expect(verifyStagePlan(moved).valid).toBe(true);
    expect(tamper('decisions.0.stated_index', null, moved).valid).toBe(false);
  });
});

test('a plan is valid under every policy that allows it', () => {
  const txt2img = buildStagePlan(
    { txt2img_enabled: true },
    { externalInput: false, standaloneUpscale: true },
  );
  expect(verifyStagePlan(txt2img).valid).toBe(true);
});

test("verifying changes nothing of the caller's and gives back a frozen plan", () => {
  const copy = JSON.parse(JSON.stringify(plan));
  const verdict = verifyStagePlan(copy);
  expect(Object.isFrozen(copy) || Object.isFrozen(copy.metadata)).toBe(false);
  expect(verdict.valid && Object.isFrozen(verdict.plan.metadata)).toBe(true);
});

describe('what no run can say is told where the plan says it', () => {
  const redrawn = buildStagePlan({
    ...everything,
    txt2img_enabled: false,
    refiner_enabled: false,
    keep: [],
    input_image: 'photo.png',
  });
  const exponential = 'Euler Exponential';

  test.each([
    [
      'stages.0.stage_config.hires_sampler_name',
      exponential,
      plan,
      'stages[0].stage_config.hires_sampler_name',
    ],
    ['stages.1.stage_config.sampler_name', exponential, plan, 'stages[1].stage_config.sampler_name'],
    ['warnings.5.value.steps', 'many', redrawn, 'warnings[5]'],
  ])('%s = %j at %4$s', (path, value, original, where) => {
    const { problems } = tamper(path, value, original);
    expect(problems.map((problem) => problem.path)).toEqual([where]);
    expect(problems[0]?.code).toBe(where.startsWith('warnings') ? 'tampered_warning' : 'tampered_stage');
    expect(problems[0]?.message).toContain('No run has this plan: what it says does not go together.');
  });

  test('a factor that no field of any stage stands for, at the stages', () => {
    const config = { img2img_enabled: true, hires_enabled: true, hires_upscale_factor: 1 };
    const wide = buildStagePlan({ ...config, input_image_size: { width: 40_000, height: 8 } });
    expect(tamper('stages.1.stage_config.upscale_factor', 2, wide).problems).toMatchObject([
      { code: 'tampered_stage', path: 'stages' },
    ]);
  });

  test('an order that its machine does not decide, at the events', () => {
    const copy = {
      ...buildStagePlan({ txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true }),
      sequence: { id: undecided.id, fingerprint: sequenceFingerprint(undecided) },
    };
    expect(verifyStagePlan(copy, { sequence: undecided }).problems).toMatchObject([
      { code: 'illegal_events', path: 'events' },
    ]);
  });
});

test('an upscale alone verifies with the batch that it does not make', () => {
  const standalone = { standaloneUpscale: true };
  const upscale = buildStagePlan({ upscale_enabled: true, batch_size: 3, n_iter: 2 }, standalone);
  expect(verifyStagePlan(upscale, standalone)).toEqual({ valid: true, plan: upscale, problems: [] });
});

test('a stage in the place of another is told by its type', () => {
  const stages = [plan.stages[0], plan.stages[2], plan.stages[3]];
  expect(tamper('stages', stages).problems.map(({ code, path }) => [code, path])).toEqual([
    ['tampered_stage', 'stages[1].stage_type'],
    ['tampered_stage', 'stages[2].stage_type'],
    ['missing_stage', 'stages[3]'],
  ]);
});

test('hires settings that leak into another stage are seen at each field, however they got there', () => {
  const { stages } = buildStagePlan({ txt2img_enabled: true, hires_enabled: true, img2img_enabled: true });
  const leaked = Object.entries(stages[0]?.stage_config ?? {}).filter(([field]) =>
    field.startsWith('hires_'),
  );
  const original = buildStagePlan({ txt2img_enabled: true, hires_enabled: true, img2img_enabled: true });
  const config = { ...original.stages[1]?.stage_config, ...Object.fromEntries(leaked) };
  const { problems } = tamper('stages.1.stage_config', config, original);
  expect(problems.map(({ path }) => path)).toContain('stages[1].stage_config.hires_enabled');
});

test('hires settings have no place in an upscale, in any plan', () => {
  const original = buildStagePlan({ txt2img_enabled: true, hires_enabled: true, upscale_enabled: true });
  const leaked = Object.entries(original.stages[0]?.stage_config ?? {}).filter(([field]) =>
    field.startsWith('hires_'),
  );
  const config = { ...original.stages[1]?.stage_config, ...Object.fromEntries(leaked) };
  expect(tamper('stages.1.stage_config', config, original)).toMatchObject({
    valid: false,
    problems: [{ code: 'malformed_plan', path: 'stages[1].stage_config' }],
  });
});

describe('a plan of many megabytes is verified in seconds', () => {
  const copy = JSON.parse(JSON.stringify(plan));
  const many = (item: (index: number) => unknown) =>
    Array.from({ length: 10_000 }, (_, index) => item(index));
  const keyed = (value: unknown) => Object.fromEntries(many((index) => [`x${index}`, value]).map(Object));

  // Each took half a minute or more while its time grew with the square.
  test.each([
    ['stages', { stages: many(() => plan.stages[0]) }, 'extra_stage'],
    ['events', { events: many(() => 'stage.txt2img') }, 'illegal_events'],
    ['decisions', { decisions: many(() => plan.decisions[0]) }, 'tampered_decision'],
    [
      'warnings',
      { warnings: many((index) => ({ code: 'no_effect', field: `x${index}.redraw`, value: index })) },
      'tampered_warning',
    ],
    [
      'fields in a warning',
      { warnings: [{ code: 'no_effect', field: 'upscale.redraw', value: keyed(1) }] },
      'tampered_warning',
    ],
    [
      'keys of metadata and 64 warnings of it',
      {
        metadata: keyed(1),
        warnings: Array.from({ length: 64 }, () => ({
          code: 'no_effect',
          field: 'metadata.redraw',
          value: 1,
        })),
      },
      'tampered_warning',
    ],
    ['keys of metadata', { metadata: keyed(['x'.repeat(700)]) }, undefined],
  ])('one with 10,000 %s', (_, change, code) => {
    const { problems } = verifyStagePlan({ ...copy, ...change });
    expect(problems.at(-1)?.code).toBe(code);
  });
});

test('a fault of the library itself is not taken for one of the plan', () => {
  const faulty = {
    ...knownPlans,
    stageConfig: () => {
      throw new TypeError('a fault of our own');
    },
  };
  expect(() => verifyWith(faulty, plan, {})).toThrow('a fault of our own');
});

describe('what is altered in a stage or a decision is said in one line, and nothing that only follows from it', () => {
  const planners = {
    canonical: { plan, options: {} },
    'with an order that was repaired': {
      plan: buildStagePlan(
        {
          txt2img_enabled: true,
          hires_enabled: true,
          upscale_enabled: true,
          adetailer_enabled: true,
          stage_order: ['adetailer', 'upscale', 'txt2img'],
        },
        { order: 'repair' },
      ),
      options: {},
    },
    'with a like': {
      plan: detailPlanner.buildStagePlan({
        txt2img_enabled: true,
        adetailer_enabled: true,
        upscale_enabled: true,
        second_detail_enabled: true,
      }),
      options: { sequence: detailPlanner.sequence },
    },
  };
  const types = [
    'txt2img',
    'img2img',
    'upscale',
    'adetailer',
    'second_detail',
    'upscal',
    'a-b',
    7,
    null,
    undefined,
  ];

  test.each(Object.entries(planners))('%s', (_, { plan: original, options }) => {
    const problemsWith = (change: (copy: Mutable) => void) => {
      const copy = JSON.parse(JSON.stringify(original));
      change(copy);
      return verifyStagePlan(copy, options).problems;
    };
    for (const [index, stage] of original.stages.entries()) {
      const place = `stages[${index}]`;
      for (const type of types.filter((each) => each !== stage.stage_type)) {
        const told = problemsWith(({ stages }) => Object.assign(stages?.[index] ?? {}, { stage_type: type }));
        expect(told).toMatchObject([{ path: `${place}.stage_type` }]);
        expect(told[0]?.message).toContain(`by the rest of the plan it is "${stage.stage_type}".`);
      }
      for (const like of [...types, 'x'].filter(
        (each) => each !== ('like' in stage ? stage.like : undefined),
      )) {
        const told = problemsWith(({ stages }) => Object.assign(stages?.[index] ?? {}, { like }));
        expect(told).toMatchObject([{ path: `${place}.like` }]);
      }
      const told = problemsWith(({ stages }) =>
        Object.assign(stages?.[index]?.stage_config ?? {}, { stage_type: 'x' }),
      );
      expect(told).toMatchObject([{ path: `${place}.stage_config.stage_type` }]);
    }
    for (const [index, decision] of original.decisions.entries())
      for (const field of ['reason', 'outcome', 'stage', 'pass', 'state', 'stage_id'].slice(
        0,
        // Whose move it was is told by nothing else.
        decision.outcome === 'moved' ? 2 : 6,
      ))
        for (const value of ['switch_off', 'opened_by_pass', 'order_repaired', 'skipped', 'x', 7]) {
          if (Reflect.get(decision, field) === value) continue;
          const altered = problemsWith(({ decisions }) =>
            Object.assign(decisions?.[index] ?? {}, { [field]: value }),
          );
          expect(altered).toMatchObject([{ code: 'tampered_decision', path: `decisions[${index}]` }]);
          expect(altered[0]?.message).toContain(`it is ${canonicalJson(decision)}.`);
        }
  });

  test('a decision of a plan whose events lead nowhere is malformed, for no other is known', () => {
    const altered = tamper('decisions.0.reason', 'x', { ...plan, events: ['stage.txt2img'] });
    expect(altered.problems).toMatchObject([{ code: 'malformed_plan', path: 'decisions[0].reason' }]);
  });

  test('a setting of a stage that is like a known one is told as that of any other', () => {
    const { plan: detailed, options } = planners['with a like'];
    const copy = JSON.parse(JSON.stringify(detailed));
    copy.stages[3].stage_config.steps = 'x';
    expect(verifyStagePlan(copy, options).problems).toMatchObject([
      { code: 'malformed_plan', path: 'stages[3].stage_config.steps' },
    ]);
  });

  test('a move to a place that there is not leaves the other stages where they can have stood', () => {
    const copy = JSON.parse(JSON.stringify(planners['with an order that was repaired'].plan));
    copy.decisions[0].stated_index = 9;
    copy.decisions[5].reason = 'x';
    expect(verifyStagePlan(copy).problems).toMatchObject([
      { code: 'tampered_decision', path: 'decisions[5]' },
    ]);
  });

  test('a stage that is none, and a type that nothing else tells, is malformed', () => {
    const nothing = { ...plan, events: [] };
    expect(tamper('stages.1', null).problems).toMatchObject([{ code: 'malformed_plan', path: 'stages[1]' }]);
    expect(tamper('stages.1.stage_type', 7, nothing).problems).toMatchObject([
      { code: 'malformed_plan', path: 'stages[1].stage_type' },
    ]);
  });
});

describe('the plan of a sequence that is none of ours', () => {
  const film = filmPlanner.buildStagePlan({ txt2img_enabled: true, interpolate_enabled: true });

  test('is sent to the planner that made it', () => {
    expect(verifyStagePlan(film).problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'other_sequence',
        'The plan was built by the sequence filmSequence, not canonicalSequence. That is none of ours: the planner that made it must verify it, or verifyStagePlan with its machine as the option sequence.',
      ],
    ]);
    expect(filmPlanner.verifyStagePlan(film).valid).toBe(true);
  });

  test('has a stage that the machine alone does not tell the settings of', () => {
    const { problems } = verifyStagePlan(film, { sequence: filmPlanner.sequence });
    expect(problems.map(({ code, path, message }) => [code, path, message])).toEqual([
      [
        'malformed_plan',
        'stages[1]',
        "interpolate is a stage of one's own with settings, which only the planner that made the plan can verify: call verifyStagePlan of what definePlanner gave.",
      ],
    ]);
    const renamed = JSON.parse(JSON.stringify(film));
    renamed.stages[1].stage_config.stage_type = 'x';
    expect(filmPlanner.verifyStagePlan(renamed).problems).toMatchObject([
      { path: 'stages[1].stage_config.stage_type', message: expect.stringContaining('it is "interpolate".') },
    ]);
    const broken = JSON.parse(JSON.stringify(film).replace('"frames":8', '"frames":"x"'));
    expect(filmPlanner.verifyStagePlan(broken).problems).toMatchObject([
      { path: 'stages[1].stage_config.settings.frames' },
    ]);
  });
});
