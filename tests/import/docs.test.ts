import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RunConfig } from '../../src/config/run-config.ts';
import { type ReadWriter, readWriters } from '../../src/import/writers.ts';

/** What a run has, in the words of the table, by the fields that say it. */
const groups: readonly (readonly [string, (field: string) => boolean])[] = [
  ['prompts', (field) => /^(negative_)?prompt$/.test(field)],
  ['model, VAE', (field) => /^(model|vae)$/.test(field)],
  ['sampling', (field) => /^(sampler_name|scheduler|steps|cfg_scale|seed)$/.test(field)],
  ['size', (field) => /^(width|height)$/.test(field)],
  ['batch', (field) => /^(batch_size|n_iter)$/.test(field)],
  ['clip skip', (field) => field === 'clip_skip'],
  ['refiner', (field) => field.startsWith('refiner_')],
  ['hires', (field) => field.startsWith('hires_')],
  ['img2img', (field) => /^(img2img|input_image)/.test(field)],
  ['upscale', (field) => field.startsWith('upscale.')],
  ['a detector', (field) => /^adetailer\.0\./.test(field)],
];

function fieldsOf({ fields }: ReadWriter): readonly string[] {
  const paths = fields.flatMap(([field, kind]) =>
    field.length > 0 ? [field.join('.')] : kind === 'size' ? ['width', 'height'] : ['n_iter', 'batch_size'],
  );
  return [...new Set(paths)];
}

/** Tells whether the JSON Schema of a RunConfig has a field that a run may set, which is no switch. */
function isSettable(field: string): boolean {
  const found = field
    .split('.')
    .reduce<readonly Schema[]>(
      (schemas, key) => schemas.flatMap((schema) => (/^\d+$/.test(key) ? [schema] : partsOf(schema, key))),
      [schemaOfRuns],
    );
  return found.length > 0 && !field.endsWith('_enabled');
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
}

function partsOf({ properties = {}, anyOf = [] }: Schema, key: string): readonly Schema[] {
  const own = properties[key];
  return [...(own === undefined ? [] : [own]), ...anyOf.flatMap((schema) => partsOf(schema, key))];
}

const schemaOfRuns: Schema = JSON.parse(readFileSync('schemas/run-config.schema.json', 'utf8'));

function row(writer: ReadWriter): string {
  const fields = fieldsOf(writer).filter(isSettable);
  const cells = groups.map(([, isOf]) => {
    const count = fields.filter(isOf).length;
    return count === 0 ? '' : String(count);
  });
  return `| ${[writer.writer, writer.form, writer.marks, ...cells].join(' | ')} |`;
}

function table(): string {
  const heads = ['writer', 'form', 'told by', ...groups.map(([name]) => name)];
  const rule = heads.map((_, index) => (index < 3 ? '---' : '---:'));
  return [`| ${heads.join(' | ')} |`, `|${rule.join('|')}|`, ...readWriters.map(row)].join('\n');
}

test('the table of docs/import.md is that of the readers', async () => {
  const text = readFileSync('docs/import.md', 'utf8');
  const written = text.replace(
    /(<!-- writers -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_all, start: string, end: string) => `${start}${table()}${end}`,
  );
  await expect(written).toMatchFileSnapshot('../../docs/import.md');
});

test('the README counts the programs that are read', () => {
  const programs = new Set(
    readWriters.map(({ writer }) => writer).filter((writer) => !/^WebUI /.test(writer)),
  );
  expect(readFileSync('README.md', 'utf8')).toContain(`presets of ${programs.size} programs`);
});

test('every field of the tables is a field of the RunConfig, or of what is settled into one', () => {
  const settled = ['refiner_switch_steps', 'mode', 'enabled'];
  const keys = new Set([...Object.keys(RunConfig.shape), ...settled]);
  const unknown = readWriters.flatMap(fieldsOf).filter((field) => !keys.has(field.split('.')[0] ?? ''));
  expect(unknown).toEqual([]);
});
