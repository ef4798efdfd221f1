import { describe, expect, test } from 'vitest';
import { type ImportedRun, importFile, isLossy } from '../../src/import/index.ts';
import { readWriters } from '../../src/import/writers.ts';
import { buildStagePlan } from '../../src/index.ts';
import { internationalTextChunk, jpeg, png, unicodeComment, webp } from './image-files.ts';
import { nameOf, type Sample, samples, textOf } from './samples.ts';

function onlyRun(bytes: Uint8Array): ImportedRun {
  const [first] = importFile(bytes).runs;
  if (first?.success !== true) throw first?.error ?? new Error('no run');
  return first.run;
}

function stagesOf({ config, sequence }: ImportedRun): string {
  return buildStagePlan(config, { sequence })
    .stages.map((stage) => stage.stage_type)
    .join('>');
}

function carriers(sample: Sample): readonly (readonly [string, Uint8Array])[] {
  const text = textOf(sample);
  return [
    ['a file of its own', new TextEncoder().encode(text)],
    ['a PNG', png(internationalTextChunk(sample.keyword ?? 'parameters', text))],
    ['a JPEG', jpeg(unicodeComment(text))],
    ['a WebP', webp(unicodeComment(text))],
  ];
}

test('every reader has a sample, but that of answers, which names the writer of the infotext in them', () => {
  const sampled = samples.map(({ writer }) => writer);
  const others = readWriters.map(({ writer }) => writer).filter((writer) => !sampled.includes(writer));
  expect(others).toEqual(['WebUI answer']);
});

/** What StableNew saves is a file; it writes nothing of its own into pictures. */
const inImages = samples.filter(({ writer }) => writer !== 'StableNew');

describe.each(samples.map((sample) => [nameOf(sample), sample] as const))('%s', (_name, sample) => {
  const run = onlyRun(new TextEncoder().encode(textOf(sample)));

  test('is told by its marks', () => {
    expect([run.writer, run.version]).toEqual([sample.writer, sample.version ?? null]);
  });

  test('is read into its stages and settings', () => {
    expect(stagesOf(run)).toBe(sample.stages);
    expect(run.config).toMatchObject(sample.config);
  });

  test('loses nothing but what no field takes', () => {
    expect(run.notes.filter(isLossy).map(({ path }) => path.join('.'))).toEqual(sample.lossy ?? []);
  });
});

describe.each(inImages.map((sample) => [nameOf(sample), sample] as const))('%s in', (_name, sample) => {
  test.each(carriers(sample))('%s is the same run', (_carrier, bytes) => {
    const { writer, config } = onlyRun(bytes);
    expect(writer).toBe(sample.writer);
    expect(config).toMatchObject(sample.config);
  });
});
