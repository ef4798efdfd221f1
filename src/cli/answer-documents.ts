import type { Command } from 'commander';
import { type Answerer, answerFiles } from './answer.ts';
import { answerLines } from './answer-stream.ts';
import type { Io } from './io.ts';
import type { LineFlags } from './line-flags.ts';
import type { LineTask } from './line-task.ts';
import { namedDocuments } from './named-documents.ts';
import type { OutputFlags } from './output.ts';
import { refuseFiles, streamTask } from './stream-task.ts';

/** Answers each line of standard input where a stream is asked for, or else each document; returns the worst exit code. */
export async function answerDocuments(
  io: Io,
  command: Command,
  files: readonly string[],
  flags: LineFlags & OutputFlags,
  task: LineTask,
  answerer: Answerer,
): Promise<number> {
  const stream = await streamTask(command, flags, task);
  if (stream === null) return answerFiles(io, await namedDocuments(io, command, files), flags, answerer);
  refuseFiles(command, files);
  return answerLines(io, stream, flags);
}
