import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutputError } from './output-error.ts';

/**
 * Writes to standard output, and waits until the text is out.
 *
 * @throws {OutputError} when it takes no more.
 */
export async function print(text: string | Uint8Array): Promise<void> {
  // The process ends as soon as what is being written is out: nothing else is begun.
  if (ending) await new Promise(() => {});
  endWhole();
  const written = new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(new OutputError(Reflect.get(error, 'code') ?? String(error)));
      else resolve();
    });
  });
  inHand = text;
  beingWritten = written.catch(() => {});
  await written;
}

/** Writes to standard error. Where that is closed, the complaint is lost and nothing else. */
export async function complain(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stderr.write(text, () => resolve());
  });
}

/** Writes over the last line of standard error. */
export function rewriteLine(line: string): void {
  process.stderr.write(`\r\u001b[2K${line}`);
}

/** How long a reader that takes nothing is waited for at the end, in milliseconds. */
const patience = 1000;

let inHand: string | Uint8Array = '';
let beingWritten: Promise<void> = Promise.resolve();
let ending = false;

/** Ends the process on a signal with whole lines behind it, unless a command has a use for the signal itself. */
async function end(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  if (process.listenerCount(signal) > 0) return;
  ending = true;
  await Promise.race([beingWritten, sleep(patience)]);
  const { handOver } = await import('./hand-over.ts');
  const left = unwritten();
  if (left > 0) handOver(Buffer.from(inHand).subarray(-left));
  process.exit(128 + constants.signals[signal]);
}

/** How many bytes of the text in hand no reader has taken: Node tells it of the pipe or socket alone, not of the stream. */
function unwritten(): number {
  const handle: unknown = Reflect.get(process.stdout, '_handle');
  return Number(Object(handle).writeQueueSize ?? 0);
}

let whole = false;

/**
 * From now on a signal waits for what is being written. Before that it ends the process where it stands, also in the middle of a
 * count, which would hear no listener.
 */
export function endWhole(): void {
  if (whole) return;
  whole = true;
  // Before the listener of a command, which is gone once it was told.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.prependOnceListener(signal, () => end(signal));
}

// Without a listener Node ends the process with a stack trace; whoever wrote is told in any case.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
