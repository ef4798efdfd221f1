import { describe, expect, test } from 'vitest';
import { attemptImport, importFile } from '../../src/import/index.ts';
import { png, textChunk } from './image-files.ts';
import { Infotext, nameOf, type Sample, samples } from './samples.ts';

/** A graph whose picture goes through as many nodes as are asked for. */
function longGraph(length: number): string {
  const nodes = Array.from({ length }, (_, index) => [
    String(index),
    { class_type: 'ImageScaleBy', inputs: { image: [String(index + 1), 0], scale_by: 1 } },
  ]);
  return JSON.stringify({
    save: { class_type: 'SaveImage', inputs: { images: ['0', 0] } },
    ...Object.fromEntries(nodes),
  });
}

/** Inputs that grow, by what grows in them. */
const growing: readonly (readonly [string, (size: number) => Uint8Array])[] = [
  ['colons', (size) => bytes(`Steps: 20, ${':'.repeat(size)}`)],
  ['commas', (size) => bytes(`Steps: 20, ${','.repeat(size)}`)],
  ['open brackets', (size) => bytes(`Steps: 20, ${'a:{,'.repeat(size / 4)}`)],
  ['nested brackets', (size) => bytes(`Steps: 20, a: ${'['.repeat(size)}`)],
  ['open quotes', (size) => bytes(`Steps: 20, ${'a:",'.repeat(size / 4)}`)],
  ['an open quote before lines', (size) => bytes(`Steps: 20, a: "x\n${'line\n'.repeat(size / 5)}`)],
  ['escapes', (size) => bytes(`Steps: 20, a:"${'\\'.repeat(size)}`)],
  ['spaces', (size) => bytes(`Steps: 20, a:${' '.repeat(size)}b`)],
  ['lines that go on', (size) => bytes(`Steps: 20\n${'Seed: 1\n'.repeat(size / 8)}`)],
  ['beginnings within a line', (size) => bytes(`x ${' Steps: 20, Size: a'.repeat(size / 20)}`)],
  ['keys without values', (size) => bytes(`Steps: 20, ${'word '.repeat(size / 5)}`)],
  ['lines of one key', (size) => bytes('Steps: a\n'.repeat(size / 9))],
  ['footers', (size) => bytes(`Steps: 20\n${'Template: a, b\n'.repeat(size / 15)}`)],
  [
    'spaces in a JSON prompt',
    (size) => bytes(JSON.stringify({ prompt: ' '.repeat(size), uc: '', scale: 1, sampler: 'x' })),
  ],
  [
    'keys of a request',
    (size) =>
      bytes(`{"init_images":[],${Array.from({ length: size / 16 }, (_, i) => `"key${i}":${i}`).join()}}`),
  ],
  ['nodes of a graph', (size) => bytes(longGraph(size / 64))],
  [
    'chunks of a PNG',
    (size) => png(...Array.from({ length: size / 64 }, (_, i) => textChunk(`k${i}`, 'x'.repeat(40)))),
  ],
];

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The least work of three, in milliseconds of this process: steps would not count what regular expressions do. */
function workOf(run: () => unknown): number {
  const works = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    attemptImport(run);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...works);
}

/** Four times the size may take eight times as long; what is quadratic takes sixteen times. */
const mostGrowth = 8;
const tooShortToMeasure = 40;

/** On a busy machine the same work takes longer now and then, and what is quadratic does every time. */
const rounds = { retry: 4 };

describe('twice doubled, an input takes at most twice as long as it is longer:', rounds, () => {
  test.each(growing)('%s', (_what, inputOf) => {
    const [small, large] = [inputOf(60_000), inputOf(240_000)];
    const before = workOf(() => importFile(small));
    const after = workOf(() => importFile(large));
    expect(after).toBeLessThan(Math.max(tooShortToMeasure, before) * mostGrowth);
  });

  test.each(samples.map((sample) => [nameOf(sample), sample] as const))(
    'the prompt of %s',
    (_name, sample) => {
      const before = workOf(() => importFile(bytes(withPrompt(sample, 40_000))));
      const after = workOf(() => importFile(bytes(withPrompt(sample, 160_000))));
      expect(after).toBeLessThan(Math.max(tooShortToMeasure, before) * mostGrowth);
    },
  );
});

function withPrompt({ text }: Sample, size: number): string {
  const prompt = 'a (b:1.1), "c" {d|e} [f]\n'.repeat(size / 25);
  if (text instanceof Infotext) return new Infotext(text.parameters, prompt, text.negative).toString();
  return JSON.stringify(text).replace(
    'a lantern in the fog, (rain:1.1)',
    JSON.stringify(prompt).slice(1, -1),
  );
}
