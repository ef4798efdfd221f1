import { type Answer, attributed, refusedBy, type Source } from './answer.ts';
import { InputError } from './input-error.ts';
import { exitCodes } from './io.ts';
import { lineAnswerer } from './line-answerers.ts';
import type { LineTask } from './line-task.ts';
import { plainLooks } from './look.ts';
import { type Line, type LineBatch, linesIn } from './ndjson.ts';
import { toBytes } from './output.ts';
import { fieldPicker } from './pick-fields.ts';

/** A file that is answered with one line. A `problem` says why it has no bytes. */
export interface FileInput {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly problem: string | null;
}

/** Inputs that are answered together, each with one line. */
export type Batch = LineBatch | FileInput;

/** The lines that a batch is answered with. */
export interface AnsweredBatch {
  readonly bytes: Uint8Array;
  readonly answers: number;
  readonly rejected: number;
  /** The worst exit code of them. */
  readonly code: number;
}

/** Loads what a task needs, and gives what answers its batches: the same whichever thread asks. */
export async function batchAnswerer(task: LineTask): Promise<(batch: Batch) => AnsweredBatch> {
  const { line, file } = await lineAnswerer(task);
  const pick = fieldPicker(task.fields);
  const print = ({ code, data }: Answer) => ({
    code,
    line: JSON.stringify(code === exitCodes.fine ? pick(data) : data),
  });
  return (batch) => {
    if ('file' in batch) return joined([print(fileAnswer(batch, file))]);
    return joined(linesIn(batch).map((each) => print(lineAnswer(each, line))));
  };
}

/** What is rejected says in which line it stood; all else stands in the same place as its line. */
function lineAnswer({ line, read }: Line, answerer: (text: string, source: Source) => Answer): Answer {
  const source = { name: `line ${line}`, place: { line }, looks: plainLooks };
  const answer = attemptNow(source, () => answerer(read(), source));
  return answer.code === exitCodes.fine ? answer : attributed(answer, source);
}

function fileAnswer(
  { file, bytes, problem }: FileInput,
  answerer: ((bytes: Uint8Array, source: Source) => Answer) | undefined,
): Answer {
  const source = { name: file, place: { file }, looks: plainLooks };
  const answer = attemptNow(source, () => {
    if (problem !== null || answerer === undefined) throw new InputError(String(problem));
    return answerer(bytes, source);
  });
  return attributed(answer, source);
}

function attemptNow(source: Source, answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    return refusedBy(error, source);
  }
}

function joined(lines: readonly { readonly code: number; readonly line: string }[]): AnsweredBatch {
  return {
    bytes: toBytes(lines.map(({ line }) => line)),
    answers: lines.length,
    rejected: lines.filter(({ code }) => code !== exitCodes.fine).length,
    code: Math.max(...lines.map(({ code }) => code)),
  };
}
