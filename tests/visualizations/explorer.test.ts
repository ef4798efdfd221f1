import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyPolicy, everythingAllowed } from '../../machines/policies.ts';
import { sequenceNames } from '../../machines/sequences.ts';
import { toComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { toWebuiRequests } from '../../src/compile/webui/index.ts';
import { buildStagePlan, explainStagePlan, RunConfig, sequences } from '../../src/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { resolveSequence } from '../../src/sequence/options.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { backendNames } from '../../visualizations/explorer/backends.ts';
import { entriesAt, valueAt, withValue } from '../../visualizations/explorer/config-edits.ts';
import { Exploration } from '../../visualizations/explorer/exploration.ts';
import { runFields, switchFields } from '../../visualizations/explorer/fields.ts';
import { longestLink, readLink, writeLink } from '../../visualizations/explorer/link.ts';
import { sentFor } from '../../visualizations/explorer/sent.ts';
import { plannedStages, switchTable } from '../../visualizations/explorer/switch-sets.ts';
import { switchesOf } from '../../visualizations/explorer/switches.ts';
import { configOf } from '../fixtures.ts';

const everySequence = Object.values(sequences).map((sequence) => readSequence(sequence, everythingAllowed));

describe('a link', () => {
  test('gives back any exploration that it was written from', () => {
    const config = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));
    const explorations = fc.record({
      config,
      sequence: fc.constantFrom(...sequenceNames),
      externalInput: fc.boolean(),
      standaloneUpscale: fc.boolean(),
      order: fc.constantFrom('reject' as const, 'repair' as const),
      backend: fc.constantFrom(...backendNames),
    });
    fc.assert(
      fc.property(explorations, (value) => {
        const exploration = Exploration.parse(value);
        const hash = writeLink(exploration);
        if (hash === null) return;
        expect(hash.length).toBeLessThanOrEqual(longestLink);
        expect(JSON.stringify(readLink(hash))).toBe(JSON.stringify(exploration));
      }),
    );
  });

  test('is compressed where it would be too long, and nothing is written else', () => {
    const short = writeLink(Exploration.parse({ config: { prompt: 'a' } }));
    expect(readLink(`#${atob(short?.slice(1) ?? '')}`)).toBeNull();
    const long = Exploration.parse({ config: { prompt: 'a lighthouse '.repeat(1500) } });
    const hash = writeLink(long) ?? '';
    expect(hash.length).toBeLessThan(longestLink);
    expect(readLink(hash)).toEqual(long);
    expect(readLink(hash.slice(0, -9))).toBeNull();
  });

  test('is not written where it would be too long, and whatever else stands in the hash is refused', () => {
    const noise = fc.sample(fc.string({ unit: 'binary', minLength: 40, maxLength: 40 }), {
      numRuns: 400,
      seed: 7,
    });
    expect(writeLink(Exploration.parse({ config: { noise } }))).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(readLink(`#${hash}`)).toBeNull();
      }),
    );
  });
});

describe('the fields', () => {
  test.each(everySequence)('of $sequence.id are all those of the RunConfig, each once', (reading) => {
    const switches = switchesOf(reading);
    const fields = [...switches.flatMap(switchFields), ...runFields(switches)];
    const names = fields.map(({ path }) => path.join('.'));
    expect(new Set(names).size).toBe(names.length);
    const shown = new Set([...switches.map(({ key }) => key), ...fields.map(({ path }) => path[0])]);
    const hidden = Object.keys(RunConfig.shape).filter((key) => !shown.has(key));
    expect(hidden).toEqual(['$schema', 'backend_options', 'adetailer_backend_options', 'metadata']);
  });

  test('of a switch are those that start with its name or stand in its section', () => {
    const switches = switchesOf(readSequence(sequences.canonical, everythingAllowed));
    const [, refiner, , img2img] = switches.map(switchFields);
    expect(refiner?.map(({ path }) => path)).toEqual([
      ['refiner_model_name'],
      ['refiner_switch_at'],
      ['refiner_pass'],
    ]);
    expect(new Set(img2img?.map(({ path }) => path[0]))).toEqual(new Set(['img2img']));
  });
});

describe('the table of switch sets', () => {
  const situations = sequenceNames.flatMap((name) =>
    everyPolicy.map((policy) => [name, Object.values(policy).join(), policy] as const),
  );

  test.each(situations)(
    'of %s, %s, has every set once, legal where the library plans it',
    (name, _says, policy) => {
      const options = { sequence: sequences[name], ...policy };
      const reading = resolveSequence(options);
      const { rows, columns } = switchTable(reading) ?? { rows: [], columns: [] };
      const sets = rows.flatMap((row) => columns.map((column) => ({ ...row, ...column })));
      expect(new Set(sets.map((set) => JSON.stringify(Object.entries(set).sort()))).size).toBe(64);
      for (const set of sets) {
        const { decisions, legal } = explainStagePlan(configOf(set), options);
        const stages = decisions.filter(
          ({ stage, outcome }) => stage !== null && outcome === 'planned',
        ).length;
        expect(plannedStages(set, reading)).toBe(legal ? stages : 0);
      }
    },
  );
});

describe('an edit', () => {
  const config: JsonObject = { steps: 20, adetailer: [{ model: 'a' }, { model: 'b' }] };

  test('changes one value and leaves the config as it was', () => {
    expect(withValue(config, ['img2img', 'steps'], 4)).toEqual({ ...config, img2img: { steps: 4 } });
    expect(withValue(config, ['steps'], undefined)).toEqual({ adetailer: config.adetailer });
    expect(config.steps).toBe(20);
    const sized = withValue({}, ['hires_resize_to', 'width'], 512);
    expect(withValue(sized, ['hires_resize_to', 'width'], undefined)).toEqual({});
  });

  test('of a list is one of the entry that it names, and a single object stands for its first', () => {
    const edited = withValue(config, ['adetailer', 1, 'model'], 'c');
    expect(edited.adetailer).toEqual([{ model: 'a' }, { model: 'c' }]);
    expect(valueAt(edited, ['adetailer', 1, 'model'])).toBe('c');
    const single = { adetailer: { model: 'a' } };
    expect(valueAt(single, ['adetailer', 0, 'model'])).toBe('a');
    expect(withValue(single, ['adetailer', 0, 'model'], 'c')).toEqual({ adetailer: { model: 'c' } });
    expect(withValue({}, ['adetailer', 0, 'steps'], 4)).toEqual({ adetailer: { steps: 4 } });
    expect([single, { adetailer: [{}, {}] }, {}].map((each) => entriesAt(each, 'adetailer').length)).toEqual([
      1, 2, 1,
    ]);
  });

  test('reads nothing that a config inherits', () => {
    expect(valueAt({}, ['constructor', 'name'])).toBeUndefined();
    expect(valueAt(JSON.parse('{"__proto__": {"steps": 3}}'), ['steps'])).toBeUndefined();
  });
});

describe('what is sent', () => {
  const config = {
    txt2img_enabled: true,
    img2img_enabled: true,
    upscale_enabled: true,
    adetailer_enabled: true,
    model: 'sd_xl_base_1.0.safetensors',
    prompt: 'a lighthouse <lora:ink>',
    sampler_name: 'Euler a',
    seed: 7,
    upscale: { redraw: {} },
  };
  const plan = buildStagePlan(config);
  const ofStages = (backend: (typeof backendNames)[number], planned = plan) => {
    const sent = sentFor(planned, backend);
    return planned.stages.map(({ id }) => sent.of(id));
  };

  test.each(['a1111', 'reforge', 'forge'] as const)('to %s is every request, by its stage', (target) => {
    const pieces = ofStages(target).map((stage) => stage.pieces);
    expect(pieces.map(({ length }) => length)).toEqual([1, 1, 2, 1]);
    expect(pieces.flat().map(({ text }) => JSON.parse(text))).toEqual(
      toWebuiRequests(plan, { target }).map(({ body }) => body),
    );
    expect(pieces.flat()[2]).toMatchObject({
      title: 'POST /sdapi/v1/extra-single-image',
      about: '3-upscale · image from 2-img2img · looks for images, size',
    });
  });

  test('to ComfyUI is every node, those that are shared in each stage that reads them', () => {
    const nodes = ofStages('comfyui').map(({ pieces }) => JSON.parse(pieces[0]?.text ?? ''));
    expect(Object.assign({}, ...nodes)).toEqual(toComfyPrompt(plan).prompt);
    expect(nodes.map((each) => Object.keys(each)[0])).toEqual([
      'checkpoint-1',
      'checkpoint-1',
      'checkpoint-1',
      'checkpoint-1',
    ]);
    expect(ofStages('comfyui').map(({ warnings }) => warnings.length)).toEqual([0, 0, 0, 2]);
  });

  test('is nothing where a backend refuses a stage, with the reasons at that stage', () => {
    const sent = sentFor(plan, 'sdnext');
    expect(sent.refused).toBe(true);
    expect(ofStages('sdnext').map(({ pieces, refusals }) => [pieces.length, refusals.length])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(sent.of('4-adetailer').refusals[0]).toContain('what SD.Next calls "face_yolov8n.pt"');
  });

  test('of an existing image says whose it is', () => {
    const photo = buildStagePlan({ img2img_enabled: true, input_image: 'photo.png' });
    expect(ofStages('a1111', photo)[0]?.pieces[0]?.about).toContain('init_images from photo.png');
    const unnamed = buildStagePlan({ img2img_enabled: true });
    expect(ofStages('a1111', unnamed)[0]?.pieces[0]?.about).toContain('init_images from an existing image');
  });
});
