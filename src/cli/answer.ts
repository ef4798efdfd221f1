import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { TooMuchWorkError } from '../plan/too-much-work-error.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { type PlanOptions, resolveSequence } from '../sequence/options.ts';
import { InvalidSweepError } from '../sweep/invalid-sweep-error.ts';
import { visible } from '../visible.ts';
import { InputError } from './input-error.ts';
import { exitCodes, type Io } from './io.ts';
import { heading } from './layout.ts';
import type { Looks } from './look.ts';
import { type OutputFlags, toJson, wantsJson } from './output.ts';
import { isReaderGone } from './output-error.ts';
import { readBytes, readJson, standardInput } from './read-json.ts';
import { type Refusal, refusalData, renderRefusal, renderRejection } from './render-refusal.ts';

/** What a command says of one document. */
export interface Answer {
  readonly code: number;
  /** For programs, as JSON on standard output. */
  readonly data: unknown;
  /** What `data` stands under beside the name of its file. undefined: its own fields stand there. */
  readonly kind?: 'plan';
  /** For people, on standard output. It is made only where it is printed. */
  readonly text?: () => string;
  /** Whether the text says which document it is about. */
  readonly namesIt?: boolean;
  /** For people, on standard error, whatever else is printed. */
  readonly complaint?: () => string;
}

/** The answer that a document is refused, which is told to people in any case. */
export interface RefusedAnswer extends Answer {
  readonly complaint: () => string;
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
export function refuse(error: Refusal, { name, place, looks }: Source): RefusedAnswer {
  const unusable = [InputError, InvalidSweepError, TooMuchWorkError].some((kind) => error instanceof kind);
  const code = unusable ? exitCodes.unusable : exitCodes.rejected;
  return {
    code,
    data: { ...place, error: refusalData(error) },
    complaint: () => renderRefusal(name, error, looks.err),
  };
}

/** The answer that a run has no plan under some options. */
export function refuseRun(
  error: Refusal | InvalidStagePlanError,
  source: Source,
  options: PlanOptions,
): RefusedAnswer {
  if (!(error instanceof InvalidStagePlanError)) return refuse(error, source);
  const { name, place, looks } = source;
  const { order: _order, ...sequence } = options;
  return {
    code: exitCodes.rejected,
    data: { ...place, error: refusalData(error) },
    complaint: () => renderRejection(name, error, resolveSequence(sequence), looks.err),
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
    const source = sourceOf(io, file);
    const answer = await attempt(source, () => answerFile(file, source));
    worst = Math.max(worst, answer.code);
    const told = files.length > 1 ? amongOthers(answer, source) : answer;
    if (!(await isPrinted(io, told, flags))) break;
  }
  return worst;
}

/** An answer among others: to programs it says whose it is, to people below its name, with a blank line behind what is said. */
function amongOthers(answer: Answer, source: Source): Answer {
  const { name, looks } = source;
  const named = answer.namesIt === true ? '' : `${heading(name, looks.out)}\n`;
  return {
    ...attributed(answer, source),
    text: () => {
      const table = answer.text?.() ?? '';
      return table === '' ? '' : `${named}${table}\n`;
    },
    complaint: () => {
      const complained = answer.complaint?.() ?? '';
      return complained === '' ? '' : `${complained}\n`;
    },
  };
}

/** An answer whose data says which input it belongs to. A plan stays as it is, and stands beside the place. */
export function attributed(answer: Answer, { place }: Source): Answer {
  const { kind, data } = answer;
  return { ...answer, data: kind === undefined ? { ...place, ...Object(data) } : { ...place, [kind]: data } };
}

/** Where a file of an argument came from. */
export function sourceOf(io: Io, file: string): Source {
  const name = file === standardInput ? 'standard input' : visible(file);
  return { name, place: { file }, looks: io.looks };
}

/** Prints an answer. false: its reader has gone away, so that no more answers are made. */
export async function isPrinted(
  io: Io,
  { data, text, complaint }: Answer,
  flags: OutputFlags,
): Promise<boolean> {
  const complained = complaint?.() ?? '';
  if (complained !== '') await io.err(complained);
  return isRead(io, wantsJson(io, flags) ? toJson(data, flags) : (text?.() ?? ''));
}

/** Prints a text. false: its reader has gone away. */
export async function isRead(io: Io, text: string | Uint8Array): Promise<boolean> {
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
  return [InputError, InvalidSweepError, InvalidRunConfigError, TooMuchWorkError].some(
    (kind) => error instanceof kind,
  );
}

/** The answer that a document is refused by an error. One that is no matter of the input is thrown on. */
export function refusedBy(error: unknown, source: Source): RefusedAnswer {
  if (isRefusal(error)) return refuse(error, source);
  throw error;
}

/**
 * Reads what stands beside the documents of a command, such as the file of an option. What cannot be read is told by its own
 * name, and its exit code returned in place of a value.
 */
export async function readBeside<Value>(
  io: Io,
  name: string,
  flags: OutputFlags,
  read: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly code: number }> {
  const answer = await attempt(sourceOf(io, name), async () => ({ value: await read() }));
  if ('code' in answer) await isPrinted(io, answer, flags);
  return answer;
}

export async function attempt<Done>(
  source: Source,
  answer: () => Promise<Done>,
): Promise<Done | RefusedAnswer> {
  try {
    return await answer();
  } catch (error) {
    return refusedBy(error, source);
  }
}
