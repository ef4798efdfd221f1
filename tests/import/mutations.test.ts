import { describe, expect, test } from 'vitest';
import { type ImportedRun, importFile } from '../../src/import/index.ts';
import { Infotext, nameOf, openSamples, type Sample } from './samples.ts';

/** A generator of numbers under 1 with a fixed seed: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const pool = [...list];
  return list.flatMap(() => pool.splice(Math.floor(random() * pool.length), 1));
}

/** Prompts that look like something else: JSON, parameters, footers, other labels. */
const prompts = [
  '[[a fair]] in chalk',
  '{{{a fair}}}, {red|blue}',
  '{<lora:fair:1>}',
  '[1person:crowd:0.4] at a fair',
  'Steps: up, Sampler: of sweets, Size: of a fist',
  'Template of a fair\n\nTime, and: again',
  '"a fair", she said: "Seed, and more"',
  'шатёр, 市場, 🎪',
  '- a list\n- of two',
  'A: one, B: two, C: three',
] as const;

interface Changes {
  readonly prompt: string;
  readonly steps: number;
  readonly seed: number;
  readonly random: () => number;
}

function mutate({ text }: Sample, changes: Changes): string {
  return text instanceof Infotext ? mutateInfotext(text, changes) : JSON.stringify(mutateJson(text, changes));
}

function mutateInfotext(text: Infotext, { prompt, steps, seed, random }: Changes): string {
  const parameters = shuffled(text.parameters, random).map((parameter) =>
    parameter.replace(/^Steps: 28$/, `Steps: ${steps}`).replace(/^Seed: 77$/, `Seed: ${seed}`),
  );
  return new Infotext(parameters, prompt, text.negative, text.negativeLabel).toString();
}

/** A sample's prompt, steps and seed are told by their values, whatever its writer calls them. */
function mutateJson(value: unknown, changes: Changes): unknown {
  if (Array.isArray(value)) return value.map((item) => mutateJson(item, changes));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    if (String(inner).startsWith('a lantern')) return [key, changes.prompt];
    if (inner === 28) return [key, changes.steps];
    if (Number(inner) === 77) return [key, changes.seed];
    if (key === 'extraMetadata') return [key, JSON.stringify(mutateJson(JSON.parse(String(inner)), changes))];
    return [key, mutateJson(inner, changes)];
  });
  return Object.fromEntries(shuffled(entries, changes.random));
}

function read(text: string): ImportedRun {
  const [first] = importFile(new TextEncoder().encode(text)).runs;
  if (first?.success !== true) throw first?.error ?? new Error('no run');
  return first.run;
}

describe('300 mutations of the samples, with other prompts, other numbers and their keys in another order', () => {
  const random = randomOf(12);
  const mutations = Array.from({ length: 300 }, (_, index) => {
    const sample = openSamples[index % openSamples.length];
    const prompt = prompts[Math.floor(random() * prompts.length)] ?? '';
    const changes = {
      prompt,
      steps: 1 + Math.floor(random() * 150),
      seed: Math.floor(random() * 2 ** 32),
      random,
    };
    return { sample, changes };
  });

  test.each(mutations)('$sample.writer, mutation $#', ({ sample, changes }) => {
    if (sample === undefined) throw new Error('no sample');
    const text = mutate(sample, changes);
    const { config, writer } = read(text);
    const { prompt, ...rest } = sample.config;
    const wanted = String(prompt).replace('a lantern in the fog, (rain:1.1)', () => changes.prompt);
    expect([nameOf(sample), writer]).toEqual([nameOf(sample), sample.writer]);
    expect(config).toMatchObject({ ...rest, prompt: wanted, steps: changes.steps, seed: changes.seed });
  });
});
