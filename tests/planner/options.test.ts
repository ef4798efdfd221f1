import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import {
  defaultPolicies,
  everyPolicy,
  everythingAllowed,
  policies,
  policyNames,
} from '../../machines/policies.ts';
import {
  buildStagePlan,
  canonicalSequence,
  definePlanner,
  detailBeforeUpscale,
  explainStagePlan,
  InvalidOptionsError,
  legalStageOrders,
  migrateStagePlan,
  repairStageOrder,
  safeBuildStagePlan,
  sequenceFingerprint,
  sequences,
  verifyStageOrder,
  verifyStagePlan,
} from '../../src/index.ts';
import { illegalOrders, legalPlans } from '../../src/testing/index.ts';
import { drawSequence, journeyOfPlan, journeyOfRun, traceStagePlan } from '../../visualizations/index.ts';

const run = { txt2img_enabled: true };
const plan = buildStagePlan(run);

test('an order may be rejected in so many words, as it is without a word', () => {
  expect(buildStagePlan(run, { order: 'reject' })).toEqual(plan);
});

const { root, events, transition } = canonicalSequence;
const { states, transitions } = root;

test.each([
  { root, transition },
  { root, events: {}, transition },
  { root, events, transition: {} },
  { root: null, events, transition },
  { root: { states: 'states', transitions }, events, transition },
  { root: { states: null, transitions }, events, transition },
  { root: { states, transitions: {} }, events, transition },
])('what lacks a part of a machine is none: %#', (sequence) => {
  expect(() => buildStagePlan(run, { sequence: sequence as never })).toThrow(
    'sequence must be a machine or one of canonical, detail-before-upscale.',
  );
});

test('what is no machine where a machine is asked for is told as the sequence', () => {
  expect(() => sequenceFingerprint('none' as never)).toThrow(
    expect.objectContaining({ problems: [{ option: 'sequence', message: expect.any(String) }] }),
  );
});

/** Every verb that takes options, as a function of them, whatever they are. */
const verbs: Readonly<Record<string, (options: never) => unknown>> = {
  buildStagePlan: (options) => buildStagePlan(run, options),
  safeBuildStagePlan: (options) => {
    const result = safeBuildStagePlan(run, options);
    if (!result.success) throw result.error;
    return result.plan;
  },
  explainStagePlan: (options) => explainStagePlan(run, options),
  verifyStagePlan: (options) => verifyStagePlan(plan, options),
  verifyStageOrder: (options) => verifyStageOrder(['txt2img'], options),
  repairStageOrder: (options) => repairStageOrder(['txt2img'], options),
  legalStageOrders: (options) => legalStageOrders(options),
  migrateStagePlan: (options) => migrateStagePlan(plan, 'detail-before-upscale', options),
  'buildStagePlan of a planner': (options) => filmPlanner.buildStagePlan(run, options),
  'explainStagePlan of a planner': (options) => filmPlanner.explainStagePlan(run, options),
  'verifyStagePlan of a planner': (options) => filmPlanner.verifyStagePlan(plan, options),
  legalPlans: (options) => legalPlans(options),
  illegalOrders: (options) => illegalOrders(options),
  journeyOfRun: (options) => journeyOfRun(run, options),
  journeyOfPlan: (options) => journeyOfPlan(plan, options),
  traceStagePlan: (options) => traceStagePlan(run, options),
};

function problemsOf(verb: (options: never) => unknown, options: unknown) {
  try {
    verb(options as never);
    return [];
  } catch (error) {
    if (error instanceof InvalidOptionsError) return error.problems;
    throw error;
  }
}

test('an option that none is like has no suggestion, not even an undefined one', () => {
  const message =
    'zzzzzzzz is not an option. The options are sequence, externalInput, standaloneUpscale, standaloneAdetailer, order.';
  expect(problemsOf((options) => buildStagePlan(run, options), { zzzzzzzz: 1 })).toStrictEqual([
    { option: 'zzzzzzzz', message },
  ]);
  const endless = problemsOf((options) => buildStagePlan(run, options), { ['z'.repeat(1000)]: 1 });
  expect(endless[0]).not.toHaveProperty('suggestion');
});

const wrong: readonly (readonly [option: string, value: unknown, message: string])[] = [
  ['sequence', 'nope', 'sequence must be a machine or one of canonical, detail-before-upscale.'],
  ['sequence', {}, 'sequence must be a machine or one of canonical, detail-before-upscale.'],
  ['sequence', null, 'sequence must be a machine or one of canonical, detail-before-upscale.'],
  ['order', 'fix', 'order must be reject or repair.'],
  ['order', true, 'order must be reject or repair.'],
  ['fingerprint', 7, 'fingerprint must be a string.'],
  ...policyNames.flatMap((policy) =>
    ['false', 'yes', 0, null].map((value) => [policy, value, `${policy} must be true or false.`] as const),
  ),
];

describe.each(Object.entries(verbs))('%s', (name, verb) => {
  const takes = (option: string) => {
    if (name === 'migrateStagePlan') return !['sequence', 'order', 'fingerprint'].includes(option);
    if (name === 'journeyOfPlan') return option === 'sequence';
    if (option === 'sequence') return !name.endsWith('of a planner');
    if (option === 'order') return /^(?:safeB|b)uildStagePlan|explain|journeyOfRun|trace/.test(name);
    return option !== 'fingerprint' || name.startsWith('verifyStagePlan');
  };

  test('takes no options, and undefined for each', () => {
    expect(problemsOf(verb, undefined)).toEqual([]);
    expect(problemsOf(verb, {})).toEqual([]);
    const undefinedOnes = ['sequence', 'order', 'fingerprint', ...policyNames].filter(takes);
    expect(problemsOf(verb, Object.fromEntries(undefinedOnes.map((option) => [option, undefined])))).toEqual(
      [],
    );
  });

  test.each(wrong)('refuses %s: %j', (option, value, message) => {
    const [problem, ...others] = problemsOf(verb, { [option]: value });
    expect(others).toEqual([]);
    expect(problem?.option).toBe(option);
    if (takes(option)) expect(problem).toEqual({ option, message });
    else expect(problem?.message).toContain(`${option} is not an option.`);
  });

  test('refuses what it does not know, and lists all that is wrong at once', () => {
    const problems = problemsOf(verb, { standaloneUpscales: true, x: 1, externalInput: 'no', sequence: 7 });
    expect(problems.map(({ option }) => option)).toEqual([
      'standaloneUpscales',
      'x',
      'externalInput',
      'sequence',
    ]);
  });

  test.each([[null], [7], ['canonical'], [true], [[]]])('refuses %j in place of options', (options) => {
    expect(problemsOf(verb, options)).toEqual([{ option: '', message: 'The options must be an object.' }]);
  });
});

test('a misspelt option is told with the one that was meant, any other with those there are', () => {
  expect(problemsOf(verbs.buildStagePlan ?? String, { standaloneUpscales: true, zzzzzzzz: 1 })).toEqual([
    {
      option: 'standaloneUpscales',
      message: 'standaloneUpscales is not an option. Did you mean standaloneUpscale?',
      suggestion: 'standaloneUpscale',
    },
    {
      option: 'zzzzzzzz',
      message:
        'zzzzzzzz is not an option. The options are sequence, externalInput, standaloneUpscale, standaloneAdetailer, order.',
    },
  ]);
});

test('the error says all of it, and is returned by safeBuildStagePlan', () => {
  const result = safeBuildStagePlan(run, { order: 'fix', externalInput: 1 } as never);
  expect(result).toMatchObject({ success: false, error: { name: 'InvalidOptionsError' } });
  expect(!result.success && result.error.message).toBe(
    'The options are not valid.\n- order must be reject or repair.\n- externalInput must be true or false.',
  );
});

test('what a call gives cannot be changed so that another call sees it', () => {
  const tamper: readonly (() => unknown)[] = [
    () => Reflect.set(verifyStageOrder(['adetailer', 'txt2img']).rejections, 'length', 0),
    () =>
      verifyStageOrder(['adetailer', 'txt2img']).rejections.map((rejection) =>
        Reflect.set(Reflect.get(rejection, 'enterable_from'), 'length', 0),
      ),
    () => Reflect.set(journeyOfRun(run).walk.steps, 'length', 0),
    () => journeyOfRun(run).walk.steps.map(({ meta }) => Reflect.set(meta, 'takes', 'image')),
    () => Reflect.set(journeyOfRun(run).policies, 'standaloneUpscale', true),
  ];
  const seen = () =>
    JSON.stringify([
      verifyStageOrder(['adetailer', 'txt2img']),
      explainStagePlan({ adetailer_enabled: true }),
      explainStagePlan({ upscale_enabled: true }),
      buildStagePlan({ ...run, stage_order: ['txt2img'] }),
      journeyOfRun(run).policies,
    ]);
  const before = seen();
  for (const change of tamper) {
    change();
    expect(seen()).toBe(before);
  }
});

test('a wrong option of one call changes no other call', () => {
  const upscale = { upscale_enabled: true };
  expect(safeBuildStagePlan(upscale, { standaloneUpscale: 'false' } as never).success).toBe(false);
  expect(safeBuildStagePlan(upscale).success).toBe(false);
  expect(safeBuildStagePlan(upscale, { standaloneUpscale: true }).success).toBe(true);
  expect(safeBuildStagePlan(upscale).success).toBe(false);
});

test('each option is read once: a getter cannot be one value when it is checked and another when it is used', () => {
  let reads = 0;
  const options = {
    get standaloneUpscale() {
      reads += 1;
      return reads > 1;
    },
  };
  expect(safeBuildStagePlan({ upscale_enabled: true }, options).success).toBe(false);
  expect(reads).toBe(1);
});

test('an option that is inherited counts like any other', () => {
  const inherited = Object.create({ standaloneUpscale: true });
  expect(safeBuildStagePlan({ upscale_enabled: true }, inherited).success).toBe(true);
});

test('a machine serves as a sequence, and so does the name of one that is shipped', () => {
  expect(buildStagePlan(run, { sequence: detailBeforeUpscale })).toEqual(
    buildStagePlan(run, { sequence: 'detail-before-upscale' }),
  );
  expect(buildStagePlan(run, { sequence: canonicalSequence })).toEqual(plan);
});

test('definePlanner, migrateStagePlan and illegalOrders check what else they take', async () => {
  expect(problemsOf((sequence) => definePlanner({ sequence }), 'nope')).toMatchObject([
    { option: 'sequence' },
  ]);
  expect(problemsOf((sequence) => migrateStagePlan(plan, sequence), 'nope')).toMatchObject([
    { option: 'sequence' },
  ]);
  expect(problemsOf(illegalOrders, { maxLength: '4' })).toEqual([
    { option: 'maxLength', message: 'maxLength must be a whole number, 0 or more.' },
  ]);
});

test('a picture is drawn in a format that there is', async () => {
  await expect(drawSequence(canonicalSequence, 'png' as never)).rejects.toThrow(
    'format must be one of mermaid, dot, svg, json.',
  );
});

test('each policy is an option with its default', () => {
  const allowed = policyNames.filter((name) => policies[name].default);
  expect(allowed).toEqual(['externalInput']);
});

test('the tables that calls look things up in cannot be changed', () => {
  const tables: readonly object[] = [
    sequences,
    policies,
    ...Object.values(policies),
    everythingAllowed,
    defaultPolicies,
    ...everyPolicy,
  ];
  expect(tables.filter((table) => !Object.isFrozen(table))).toEqual([]);
});
