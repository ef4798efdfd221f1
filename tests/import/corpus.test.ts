import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importStableNew, type StableNewImport } from '../../src/import/index.ts';
import { buildStagePlan } from '../../src/index.ts';
import { lostLeaves } from './lost-leaves.ts';

const folder = process.env.STAGEPLAN_CORPUS;

interface Outcome {
  readonly file: string;
  readonly input: unknown;
  readonly result: StableNewImport | Error;
}

function outcomeOf(path: string, file: string): Outcome {
  const input: unknown = JSON.parse(readFileSync(join(path, file), 'utf8'));
  try {
    return { file, input, result: importStableNew(input) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { file, input, result: error };
  }
}

function readIndex(path: string): ReadonlyMap<string, { readonly family: string; readonly order: string }> {
  const rows = readFileSync(join(path, 'index.tsv'), 'utf8').trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [file = '', family = '', order = '-'] = row.split('\t');
      return [file, { family: family.replace(/_.*/, ''), order }];
    }),
  );
}

describe.skipIf(folder === undefined)('the corpus of StableNew files', () => {
  const path = folder ?? '';
  const files = folder === undefined ? [] : readdirSync(path).filter((file) => file.endsWith('.json'));
  const outcomes = files.map((file) => outcomeOf(path, file));
  const imported = outcomes.flatMap(({ file, input, result }) =>
    result instanceof Error ? [] : [{ file, input, result }],
  );
  const index = folder === undefined ? new Map() : readIndex(path);

  test('a file that does not import says why, with the place', () => {
    const errors = outcomes.flatMap(({ result }) => (result instanceof Error ? [result] : []));
    for (const error of errors) {
      expect(error.name).toMatch(/^(InvalidImportError|UnknownShapeError)$/);
      expect(error.message).toMatch(/\w/);
    }
  });

  test('at least 95 % of the files import', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(imported.length / files.length).toBeGreaterThanOrEqual(0.95);
  });

  test('the family is the one of the index', () => {
    const families = imported.map(({ file, result }) => [file, result.family]);
    expect(families).toEqual(imported.map(({ file }) => [file, index.get(file)?.family]));
  });

  test("a file with an order of V2.5's sequencer plans to exactly that order", () => {
    const ordered = outcomes.filter(({ file }) => (index.get(file)?.order ?? '-') !== '-');
    expect(ordered.length).toBeGreaterThan(0);
    const orders = ordered.map(({ file, result }) => {
      if (result instanceof Error) return [file, result.message];
      return [
        file,
        buildStagePlan(result.config)
          .stages.map((stage) => stage.stage_type)
          .join('>'),
      ];
    });
    expect(orders).toEqual(ordered.map(({ file }) => [file, index.get(file)?.order]));
  });

  test('every value is in the config under its own name, or a note has its path', () => {
    const lost = imported.map(({ file, input, result }) => [file, lostLeaves(input, result)]);
    expect(lost.filter(([, paths]) => paths?.length !== 0)).toEqual([]);
  });
});
