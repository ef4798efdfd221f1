import { type Answer, attempt, isPrinted, sourceOf } from './answer.ts';
import type { Io } from './io.ts';
import { gathered, printBatches } from './print-batches.ts';
import { readJson } from './read-json.ts';

/** The answers that one document has, made as they are asked for, and how many they are. */
export interface Series {
  readonly count: number;
  readonly answers: Iterable<Answer>;
}

/** Answers for one file of JSON as often as there are things in it to answer for, a line each, and returns the worst exit code. */
export async function answerSeries(
  io: Io,
  file: string,
  seriesOf: (document: unknown) => Promise<Series>,
): Promise<number> {
  const source = sourceOf(io, file);
  const made = await attempt(source, async () => ({ series: await seriesOf(await readJson(io, file)) }));
  if ('series' in made) {
    const { answers, count } = made.series;
    return printBatches(io, gathered(answers, count));
  }
  await isPrinted(io, made, { compact: true });
  return made.code;
}
