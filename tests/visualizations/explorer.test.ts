import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyPolicy, everythingAllowed } from '../../machines/policies.ts';
import { sequenceNames } from '../../machines/sequences.ts';
import { explainStagePlan, RunConfig, sequences } from '../../src/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { resolveSequence } from '../../src/sequence/options.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { valueAt, withValue } from '../../visualizations/explorer/config-edits.ts';
import { Exploration } from '../../visualizations/explorer/exploration.ts';
import { runFields, switchGroups } from '../../visualizations/explorer/fields.ts';
import { longestLink, readLink, writeLink } from '../../visualizations/explorer/link.ts';
import { plannedStages, switchTable } from '../../visualizations/explorer/switch-sets.ts';
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

  test('is not written where it would be too long, and whatever else stands in the hash is refused', () => {
    expect(writeLink(Exploration.parse({ config: { prompt: 'a'.repeat(longestLink) } }))).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(readLink(`#${hash}`)).toBeNull();
      }),
    );
  });
});

describe('the fields', () => {
  test.each(everySequence)('of $sequence.id are all those of the RunConfig, each once', (reading) => {
    const groups = switchGroups(reading);
    const fields = [...groups.flatMap((group) => group.fields), ...runFields(reading)];
    const names = fields.map(({ path }) => path.join('.'));
    expect(new Set(names).size).toBe(names.length);
    const shown = new Set([...groups.map(({ key }) => key), ...fields.map(({ path }) => path[0])]);
    const hidden = Object.keys(RunConfig.shape).filter((key) => !shown.has(key));
    expect(hidden).toEqual(['$schema', 'backend_options', 'adetailer_backend_options', 'metadata']);
  });

  test('of a switch are those that start with its name or stand in its section', () => {
    const [, refiner, , img2img] = switchGroups(readSequence(sequences.canonical, everythingAllowed));
    expect(refiner?.fields.map(({ path }) => path)).toEqual([
      ['refiner_model_name'],
      ['refiner_switch_at'],
      ['refiner_pass'],
    ]);
    expect(img2img?.fields.map(({ path }) => path[0])).toEqual(
      new Array(img2img?.fields.length).fill('img2img'),
    );
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
      const { rows, columns } = switchTable(reading);
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

  test('of a list is one of its first entry', () => {
    const edited = withValue(config, ['adetailer', 'model'], 'c');
    expect(edited.adetailer).toEqual([{ model: 'c' }, { model: 'b' }]);
    expect(valueAt(edited, ['adetailer', 'model'])).toBe('c');
  });

  test('reads nothing that a config inherits', () => {
    expect(valueAt({}, ['constructor', 'name'])).toBeUndefined();
    expect(valueAt(JSON.parse('{"__proto__": {"steps": 3}}'), ['steps'])).toBeUndefined();
  });
});
