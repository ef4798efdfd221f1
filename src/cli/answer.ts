import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { InvalidSweepError } from '../sweep/invalid-sweep-error.ts';
import { visible } from '../visible.ts';
import { InputError } from './input-error.ts';
import { exitCodes, type Io } from './io.ts';
import { paint } from './layout.ts';
import type { Looks } from './look.ts';
import { ndjsonLines, parseLine } from './ndjson.ts';
import { type OutputFlags, toJson, wantsJson } from './output.ts';
import { isReaderGone } from './output-error.ts';
import { readBytes, readJson, standardInput } from './read-json.ts';
import { type Refusal, refusalData, renderRefusal } from './render-refusal.ts';

/** What a command says of one document. */
export interface Answer {
  readonly code: number;
  /** For programs, as JSON on standard output. */
  readonly data: unknown;
  /** For people, on standard output. */
  readonly text?: string;
  /** Whether the text says which document it is about. */
  readonly namesIt?: boolean;
  /** For people, on standard error, whatever else is printed. */
  readonly complaint?: string;
}

/** Where a document came from: its name for people, its place for programs. */
export interface Source {
  readonly name: string;
  readonly place: { readonly file: string } | { readonly line: number };
  readonly looks: Looks;
}

/** Turns one document into an answer. */
export type Answerer = (document: unknown, source: Source) => Answer | Promise<Answer>;

/** The answer that a document is refused. */
export function refuse(error: Refusal, { name, place, looks }: Source): Answer {
  const unusable = error instanceof InputError || error instanceof InvalidSweepError;
  const code = unusable ? exitCodes.unusable : exitCodes.rejected;
  return {
    code,
    data: { ...place, error: refusalData(error) },
    complaint: renderRefusal(name, error, looks.err),
  };
}

/** Answers for each file of JSON in turn, and returns the worst exit code. */
export async function answerFiles(
  io: Io,
  files: readonly string[],
  flags: OutputFlags,
  answerer: Answerer,
): Promise<number> {
  return answerEach(io, files, flags, async (file, source) => answerer(await readJson(io, file), source));
}

/** Answers for each file in turn whatever its format is, and returns the worst exit code. */
export async function answerBytes(
  io: Io,
  files: readonly string[],
  flags: OutputFlags,
  limit: number,
  answerer: (bytes: Uint8Array, source: Source) => Answer | Promise<Answer>,
): Promise<number> {
  return answerEach(io, files, flags, async (file, source) =>
    answerer(await readBytes(io, file, limit), source),
  );
}

/** Answers for one file of JSON as often as there are things in it to answer for, each in turn, and returns the worst exit code. */
export async function answerSeries(
  io: Io,
  file: string,
  flags: OutputFlags,
  series: (document: unknown, source: Source) => Promise<Iterable<Answer>>,
): Promise<number> {
  const source = sourceOf(io, file);
  let worst: number = exitCodes.fine;
  const unread = await attempt(source, async () => {
    for (const answer of await series(await readJson(io, file), source)) {
      worst = Math.max(worst, answer.code);
      if (!(await isPrinted(io, answer, flags))) break;
    }
    return null;
  });
  if (unread === null) return worst;
  await isPrinted(io, unread, flags);
  return unread.code;
}

async function answerEach(
  io: Io,
  files: readonly string[],
  flags: OutputFlags,
  answerFile: (file: string, source: Source) => Promise<Answer>,
): Promise<number> {
  let worst: number = exitCodes.fine;
  for (const file of files) {
    const source = sourceOf(io, file);
    const answer = await attempt(source, () => answerFile(file, source));
    worst = Math.max(worst, answer.code);
    if (!(await isPrinted(io, files.length > 1 ? oneOfSeveral(answer, source) : answer, flags))) break;
  }
  return worst;
}

/** An answer among others for people: its table below its name, and a blank line behind what is said. */
function oneOfSeveral(
  { text = '', namesIt = false, complaint, ...answer }: Answer,
  { name, looks }: Source,
): Answer {
  return {
    ...answer,
    text: text === '' ? text : `${namesIt ? '' : `${paint('bold', name, looks.out)}\n`}${text}\n`,
    ...(complaint !== undefined && { complaint: `${complaint}\n` }),
  };
}

/** Where a file of an argument came from. */
export function sourceOf(io: Io, file: string): Source {
  const name = file === standardInput ? 'standard input' : visible(file);
  return { name, place: { file }, looks: io.looks };
}

/** Prints an answer. false: its reader has gone away, so that no more answers are made. */
export async function isPrinted(
  io: Io,
  { data, text = '', complaint }: Answer,
  flags: OutputFlags,
): Promise<boolean> {
  if (complaint !== undefined) await io.err(complaint);
  return isRead(io, wantsJson(io, flags) ? toJson(data, flags) : text);
}

/** Answers each line of NDJSON from standard input with one line of JSON, in order, and returns the worst exit code. */
export async function answerLines(io: Io, answerer: Answerer): Promise<number> {
  let worst: number = exitCodes.fine;
  for await (const line of ndjsonLines(io.stdin)) {
    const source = { name: `line ${line.line}`, place: { line: line.line }, looks: io.looks };
    const answer = await attempt(source, async () => answerer(parseLine(line), source));
    worst = Math.max(worst, answer.code);
    if (!(await isRead(io, toJson(answer.data, { compact: true })))) break;
  }
  return worst;
}

/** Prints a text. false: its reader has gone away. */
async function isRead(io: Io, text: string): Promise<boolean> {
  try {
    await io.out(text);
    return true;
  } catch (error) {
    if (isReaderGone(error)) return false;
    throw error;
  }
}

/** What a command throws because of what it was given. */
function isRefusal(error: unknown): error is Refusal {
  return [InputError, InvalidSweepError, InvalidRunConfigError].some((kind) => error instanceof kind);
}

async function attempt<Done>(source: Source, answer: () => Promise<Done>): Promise<Done | Answer> {
  try {
    return await answer();
  } catch (error) {
    if (isRefusal(error)) return refuse(error, source);
    throw error;
  }
}
