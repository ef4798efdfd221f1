import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everythingAllowed } from '../../machines/policies.ts';
import { sequenceNames, sequences } from '../../machines/sequences.ts';
import { buildStagePlan, planFingerprint, safeBuildStagePlan } from '../../src/index.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { renderDefinition } from '../../visualizations/definition.ts';
import { mostSheets, readFile } from '../../visualizations/explorer/bring/read-file.ts';
import { forms } from '../../visualizations/explorer/copy/forms.ts';
import { Exploration, planOptions } from '../../visualizations/explorer/exploration.ts';
import { runFields, switchFields, switchList } from '../../visualizations/explorer/fields.ts';
import { inheritedFrom } from '../../visualizations/explorer/inherited.ts';
import { switchesOf } from '../../visualizations/explorer/switches.ts';
import { judge } from '../../visualizations/explorer/verdict.ts';

const switches = ['txt2img', 'refiner', 'hires', 'img2img', 'upscale', 'adetailer'].map(
  (name) => `${name}_enabled`,
);
const now = Exploration.parse({ config: {} });

function take(content: unknown, name = 'brought.json') {
  return readFile(
    {
      name,
      bytes: new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
    },
    now,
  );
}

describe('a plan', () => {
  const runs = fc
    .tuple(
      fc.subarray(switches),
      fc.record({ steps: fc.integer({ min: 1, max: 150 }), keep: fc.subarray(['txt2img', 'img2img']) }),
    )
    .map(([on, settings]) => ({
      ...settings,
      refiner_model_name: 'refiner',
      stage_order: on
        .map((key) => key.replace('_enabled', ''))
        .filter((name) => name in sequences.canonical.states)
        .toReversed(),
      ...Object.fromEntries(on.map((key) => [key, true])),
    }));

  test('of any run is verified, and the run that is read out of it gives it again', () => {
    let found = 0;
    fc.assert(
      fc.property(runs, fc.constantFrom(...sequenceNames), (config, sequence) => {
        const built = safeBuildStagePlan(config, { sequence, ...everythingAllowed, order: 'repair' });
        if (!built.success) return;
        found += 1;
        const [sheet] = take(built.plan).sheets;
        expect(sheet?.brought?.headline).toMatch(/^Verified/);
        const verdict = judge(sheet?.exploration ?? now);
        expect(verdict.kind === 'planned' && verdict.plan.stages).toEqual(built.plan.stages);
        expect(sheet?.brought?.details[0]).toContain(planFingerprint(built.plan));
      }),
      { numRuns: 30 },
    );
    expect(found).toBeGreaterThan(3);
  });

  test('that needs a policy opens that one and no other', () => {
    const plan = buildStagePlan({ upscale_enabled: true, input_image: 'a.png' }, { standaloneUpscale: true });
    expect(take(plan).sheets[0]?.exploration).toMatchObject({
      standaloneUpscale: true,
      standaloneAdetailer: false,
    });
  });

  test('that was changed is refused with what does not agree', () => {
    const plan = buildStagePlan({ txt2img_enabled: true });
    const { sheets, refusal } = take({ ...plan, run_id: 7 });
    expect(sheets).toEqual([]);
    expect(refusal?.details.join()).toContain('run_id');
  });
});

describe('a machine', () => {
  test.each(sequenceNames)('that Stately Studio has of %s plans as the shipped one does', (name) => {
    const definition = renderDefinition(sequences[name]);
    const exploration = take(definition).sheets[0]?.exploration;
    const config = {
      img2img_enabled: true,
      adetailer_enabled: true,
      hires_enabled: true,
      upscale_enabled: true,
    };
    const plan = buildStagePlan(config, planOptions({ ...now, ...exploration }));
    expect(plan.events).toEqual(buildStagePlan(config, { sequence: name }).events);
  });

  test.each([
    [
      'with a guard of its own',
      (json: string) => json.replaceAll('"standaloneUpscale"', '"onFridays"'),
      'onFridays',
    ],
    [
      'that starts by itself',
      (json: string) => json.replace('"states"', '"always": ".complete", "states"'),
      'always',
    ],
    [
      'with a target that is not there',
      (json: string) => json.replace('"target": "upscale"', '"target": "moon"'),
      'moon',
    ],
    [
      'with a stage that no run has',
      (json: string) => json.replaceAll('img2img"', 'sketch"').replaceAll('"img2img', '"sketch'),
      'sketch_enabled',
    ],
  ])('%s is refused', (_what, change, said) => {
    const { sheets, refusal } = take(change(renderDefinition(sequences.canonical)));
    expect(sheets).toEqual([]);
    expect(refusal?.details.join('\n')).toContain(said);
  });
});

describe('a RunConfig', () => {
  test('with wrong fields is one all the same, and says which value is lost where a key stands twice', () => {
    expect(take({ txt2img_enabled: true, stepz: 3 }).sheets[0]?.exploration.config).toEqual({
      txt2img_enabled: true,
      stepz: 3,
    });
    expect(take({ txt2img_enabled: true, steps: 'x' }).sheets[0]?.exploration.config.steps).toBe('x');
    expect(take('{"txt2img_enabled": true, "steps": 3, "steps": 4}').sheets[0]?.brought).toMatchObject({
      headline: 'Opened brought.json, a RunConfig: 1 value lost.',
      details: ['steps stands twice, and its first value, 3, is lost.'],
    });
  });

  test('of a preset with switches of the same names is read by the importer, which knows more of it', () => {
    const preset = {
      prompt: 'a',
      sampler: 'Euler a',
      steps: 9,
      enable_hr: true,
      hr_scale: 2,
      refiner_enabled: false,
    };
    expect(take(preset).sheets[0]?.brought?.headline).toMatch(/^Imported/);
  });

  test('is one of a queue, of which so many are opened as can be looked through', () => {
    const queue = Array.from({ length: mostSheets + 1 }, () => ({ txt2img_enabled: true }));
    expect(take(queue.slice(1))).toMatchObject({ refusal: null, sheets: { length: mostSheets } });
    expect(take(queue)).toMatchObject({
      refusal: { headline: expect.stringContaining('101 runs') },
      sheets: { length: mostSheets },
    });
  });
});

test('any bytes are taken or refused, and never throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((json) => new TextEncoder().encode(json)),
      ),
      (bytes) => {
        const { sheets, refusal } = readFile({ name: 'a', bytes }, now);
        expect(sheets.length > 0 || refusal !== null).toBe(true);
      },
    ),
  );
});

describe('a run is written', () => {
  const exploration = Exploration.parse({
    config: { upscale_enabled: true, input_image: "it's.png" },
    sequence: 'detail-before-upscale',
    standaloneUpscale: true,
    order: 'repair',
  });

  test('as a command with its flags, the quotes of its JSON kept from the shell', () => {
    expect(forms['CLI line']?.(exploration, judge(exploration))).toMatchObject({
      text: `printf '%s' '{"upscale_enabled":true,"input_image":"it'\\''s.png"}' | stageplan build - --sequence detail-before-upscale --standalone-upscale --order repair\n`,
    });
  });

  test('as TypeScript that builds the plan, of an own machine too', () => {
    const machine = JSON.parse(renderDefinition(sequences.canonical));
    const own = Exploration.parse({ ...exploration, sequence: 'own', machine });
    for (const each of [exploration, own]) {
      const form = forms.TypeScript?.(each, judge(each));
      expect(form?.success && form.text).toMatch(/standaloneUpscale: true, order: 'repair' \}\);\n$/);
    }
    expect(forms['CLI line']?.(own, judge(own))).toMatchObject({ success: false });
  });

  test('in no form of a plan where there is none', () => {
    const none = { ...exploration, config: {} };
    const failing = Object.entries(forms).filter(([, write]) => !write(none, judge(none)).success);
    expect(failing.map(([name]) => name)).toEqual(['Infotext', 'Plan', 'Requests']);
  });
});

test('a field that inherits from the run plans as the run says, and the others do not', () => {
  const reading = readSequence(sequences.canonical, everythingAllowed);
  const stated = {
    steps: 33,
    cfg_scale: 3.5,
    sampler_name: 'Heun',
    scheduler: 'Beta',
    model: 'm',
    vae: 'v',
    seed: 5,
    prompt: 'p',
    negative_prompt: 'n',
  };
  const run = {
    ...stated,
    txt2img_enabled: true,
    hires_enabled: true,
    img2img_enabled: true,
    upscale_enabled: true,
    upscale: { redraw: {} },
  };
  const plan = buildStagePlan(run);
  const switches = switchesOf(reading);
  const inherited = switches
    .filter((owner) => switchList(owner) === null)
    .flatMap(switchFields)
    .map((field) => ({ path: field.path, from: inheritedFrom(field) }));
  const found = inherited.flatMap(({ path, from }) => {
    const [section, ...inner] = path.length === 1 ? ['txt2img', ...path] : path;
    const config = plan.stages.find(({ stage_type }) => stage_type === section)?.stage_config;
    const value = inner.reduce<unknown>((holder, key) => Reflect.get(Object(holder), key), config);
    return from === undefined ? [] : [[path.join('.'), value, Reflect.get(stated, from)] as const];
  });
  expect(found.length).toBeGreaterThan(15);
  for (const [path, value, expected] of found) expect([path, value]).toEqual([path, expected]);
  expect(runFields(switches).flatMap((field) => inheritedFrom(field) ?? [])).toEqual([]);
});
