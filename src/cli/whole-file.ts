import { randomUUID } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { OutputError } from './output-error.ts';

/** A file that is written whole or not at all. */
export interface WholeFile {
  readonly write: (text: string) => Promise<void>;
  /** Puts it under its name, in place of what stood there. */
  readonly keep: () => Promise<void>;
  /** Leaves what stands under its name as it is. */
  readonly drop: () => Promise<void>;
}

/**
 * Begins a file beside its place, and makes the folders that it lies in. A link leads to what it points at; a device or a pipe is
 * written as it comes. It is dropped when the process ends before it is kept.
 *
 * @throws {OutputError} when it cannot be written, and so do `write` and `keep`.
 */
export async function createWholeFile(path: string): Promise<WholeFile> {
  return told(path, async () => {
    const place = await realpath(path).catch(() => path);
    const there = await stat(place).catch(() => null);
    return there === null || there.isFile() ? beside(place, there) : through(place);
  });
}

async function beside(place: string, there: Stats | null): Promise<WholeFile> {
  await mkdir(dirname(place), { recursive: true });
  const begun = join(dirname(place), `.${basename(place)}.${randomUUID()}`);
  const file = await open(begun, 'wx');
  const remove = () => rmSync(begun, { force: true });
  process.once('exit', remove);
  if (there !== null) await file.chmod(there.mode);
  return {
    write: writerTo(file, place),
    keep: () =>
      told(place, async () => {
        await file.sync();
        await file.close();
        await rename(begun, place);
        process.removeListener('exit', remove);
      }),
    drop: async () => {
      await file.close();
      remove();
      process.removeListener('exit', remove);
    },
  };
}

async function through(place: string): Promise<WholeFile> {
  const file = await open(place, 'w');
  const close = () => file.close();
  return { write: writerTo(file, place), keep: close, drop: close };
}

function writerTo(file: FileHandle, place: string): WholeFile['write'] {
  return (text) => told(place, () => file.writeFile(text));
}

/** Tells errors of the system by the name of the file. */
async function told<Done>(path: string, attempt: () => Promise<Done>): Promise<Done> {
  try {
    return await attempt();
  } catch (error) {
    throw new OutputError(z.object({ code: z.string() }).parse(error).code, path);
  }
}
