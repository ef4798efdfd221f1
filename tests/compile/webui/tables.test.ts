import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FieldType, isOfType } from '../../../src/compile/fields.ts';
import { fieldsOf } from '../../../src/compile/webui/tables/webui-table.ts';
import { webuiTargets } from '../../../src/compile/webui/targets.ts';
import type { JsonValue } from '../../../src/index.ts';
import { compiled } from './webui-fixtures.ts';

/** A folder with the fields and options of the servers, read out of their own code. */
const folder = process.env.STAGEPLAN_CONTRACTS;

test.each<[FieldType, JsonValue, JsonValue]>([
  ['text', 'a', 1],
  ['texts', ['a'], [1]],
  ['whole', 1, 1.5],
  ['number', 1.5, '1'],
  ['switch', false, 0],
  ['list', [1], {}],
  ['object', {}, []],
  ['image', { $image: 'a' }, {}],
  ['images', ['AAA', { $image: 'a' }], 'AAA'],
])('a field of type %s takes %j and not %j', (type, right, wrong) => {
  expect(isOfType(right, type)).toBe(true);
  expect(isOfType(wrong, type)).toBe(false);
});

test('a server without a path has no fields for it', () => {
  expect(fieldsOf(webuiTargets.a1111.table, '/sdapi/v1/detail')).toEqual({ planned: {}, free: {} });
});

const types: Readonly<Record<FieldType, RegExp>> = {
  text: /str/,
  texts: /list/,
  whole: /int|ConstrainedInt|Literal|float/,
  number: /float|ConstrainedFloat/,
  switch: /bool/,
  list: /list/,
  object: /dict/,
  image: /str|Any/,
  images: /list/,
};

/** What no list of options has: Forge sets it apart from them. */
const setApart = ['forge_additional_modules'];

describe.skipIf(folder === undefined).each(Object.entries(webuiTargets))(
  'the table of %s',
  (name, { table }) => {
    const read = (file: string) => JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'));

    test('has only fields that the server has, with their types', () => {
      const schema = read(`schema_${name}.json`);
      const paths = Object.keys(table.fields).filter((path) => path !== '/sdapi/v1/detail');
      expect(paths).toEqual(Object.keys(schema));
      for (const path of paths) {
        const { planned, free } = fieldsOf(table, path as '/sdapi/v1/txt2img');
        for (const [field, type] of Object.entries({ ...planned, ...free })) {
          expect(schema[path], `${path} ${field}`).toHaveProperty([field]);
          expect(schema[path][field].type, `${path} ${field}`).toMatch(types[type]);
        }
      }
    });

    test('has only options that the server has', () => {
      const options: readonly string[] = read(`options_${name}.json`);
      const keys = Object.keys({ ...table.options.planned, ...table.options.free });
      expect(keys.filter((key) => !options.includes(key) && !setApart.includes(key))).toEqual([]);
    });

    test('is checked against files that are there', () => {
      expect(existsSync(join(folder ?? '', `schema_${name}.json`))).toBe(true);
    });
  },
);

describe.skipIf(folder === undefined)('a tab of ADetailer', () => {
  test('has only fields that the extension has, and leaves out exactly its defaults', () => {
    const schema = JSON.parse(readFileSync(join(folder ?? '', '..', 'adetailer_fields.json'), 'utf8'));
    const everything = {
      model: 'person_yolov8n-seg.pt',
      classes: 'cat',
      prompt: 'a',
      negative_prompt: 'b',
      confidence: 0.5,
      mask_filter_method: 'Confidence',
      mask_k: 1,
      mask_min_ratio: 0.1,
      mask_max_ratio: 0.9,
      dilate_erode: 8,
      x_offset: 1,
      y_offset: 1,
      mask_merge_invert: 'Merge',
      mask_blur: 8,
      denoising_strength: 0.5,
      inpaint_only_masked_padding: 16,
      steps: 9,
      cfg_scale: 3,
      checkpoint: 'x',
      vae: 'y',
      sampler_name: 'Euler',
      noise_multiplier: 1.1,
      clip_skip: 2,
      restore_face: true,
    } as const;
    const tabOf = (adetailer: object): object => {
      const config = { txt2img_enabled: true, adetailer_enabled: true, seed: 7, adetailer };
      const [, request] = compiled(config, { target: 'a1111' });
      return Object(request?.body.alwayson_scripts).ADetailer.args[2];
    };
    expect(Object.keys(schema)).toEqual(expect.arrayContaining(Object.keys(tabOf(everything))));
    const plain = Object.keys(everything).filter((key) => !Object.hasOwn(schema, `ad_use_${key}`));
    for (const key of plain.filter((each) => each !== 'model' && Object.hasOwn(schema, `ad_${each}`))) {
      const usual = schema[`ad_${key}`].default;
      expect(Object.keys(tabOf({ [key]: usual })), key).not.toContain(`ad_${key}`);
    }
  });
});
