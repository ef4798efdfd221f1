import { visible } from '../visible.ts';
import { InputError } from './input-error.ts';
import { exitCodes, type Io } from './io.ts';
import { ndjsonLines } from './ndjson.ts';
import { type OutputFlags, toJson, wantsJson } from './output.ts';
import { isReaderGone } from './output-error.ts';
import { decode, parseJson, readBytes, readJson, standardInput, tooLarge } from './read-json.ts';
import { type Refusal, refusalData, renderRefusal } from './render-refusal.ts';

/** What a command says of one document. */
export interface Answer {
  readonly code: number;
  /** For programs, as JSON on standard output. */
  readonly data: unknown;
  /** For people, on standard output. */
  readonly text?: string;
  /** For people, on standard error, whatever else is printed. */
  readonly complaint?: string;
}

/** Where a document came from: its name for people, its place for programs. */
export interface Source {
  readonly name: string;
  readonly place: { readonly file: string } | { readonly line: number };
  readonly color: boolean;
}

/** Turns one document into an answer. */
export type Answerer = (document: unknown, source: Source) => Answer | Promise<Answer>;

/** The answer that a document is refused. */
export function refuse(error: Refusal, { name, place, color }: Source): Answer {
  const code = error instanceof InputError ? exitCodes.unusable : exitCodes.rejected;
  return {
    code,
    data: { ...place, error: refusalData(error) },
    complaint: renderRefusal(name, error, color),
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

async function answerEach(
  io: Io,
  files: readonly string[],
  flags: OutputFlags,
  answerFile: (file: string, source: Source) => Promise<Answer>,
): Promise<number> {
  let worst: number = exitCodes.fine;
  for (const file of files) {
    const name = file === standardInput ? 'standard input' : visible(file);
    const source = { name, place: { file }, color: io.color };
    const answer = await attempt(source, () => answerFile(file, source));
    worst = Math.max(worst, answer.code);
    if (answer.complaint !== undefined) await io.err(answer.complaint);
    const { text = '' } = answer;
    const table = text !== '' && files.length > 1 ? `${name}\n${text}\n` : text;
    if (!(await isRead(io, wantsJson(io, flags) ? toJson(answer.data, flags) : table))) break;
  }
  return worst;
}

/** Answers each line of NDJSON from standard input with one line of JSON, in order, and returns the worst exit code. */
export async function answerLines(io: Io, answerer: Answerer): Promise<number> {
  let worst: number = exitCodes.fine;
  for await (const { line, bytes } of ndjsonLines(io.stdin)) {
    const source = { name: `line ${line}`, place: { line }, color: false };
    const answer = await attempt(source, async () => {
      if (bytes === null) throw tooLarge();
      return answerer(parseJson(decode(bytes)), source);
    });
    worst = Math.max(worst, answer.code);
    if (!(await isRead(io, toJson(answer.data, { compact: true })))) break;
  }
  return worst;
}

/** Prints an answer. false: its reader has gone away, so that no more answers are made. */
async function isRead(io: Io, text: string): Promise<boolean> {
  try {
    await io.out(text);
    return true;
  } catch (error) {
    if (isReaderGone(error)) return false;
    throw error;
  }
}

async function attempt(source: Source, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof InputError) return refuse(error, source);
    throw error;
  }
}
