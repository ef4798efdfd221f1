import { randomUUID } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import {
  access,
  type FileHandle,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rmdir,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { OutputError } from './output-error.ts';

/** A file that is written whole or not at all. */
export interface WholeFile {
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** Puts it under its name, in place of what stood there. */
  readonly keep: () => Promise<void>;
  /** Leaves what stands under its name as it is, and no folder that was made for it. */
  readonly drop: () => Promise<void>;
}

/**
 * Makes the folders that a file lies in. The file itself is begun beside its place when the first of it is written, which
 * `begins` is told before. A link leads to what it points at; a device or a pipe is written as it comes. What is begun is
 * dropped when the process ends before it is kept.
 *
 * @throws {OutputError} when it cannot be written, and so do `write` and `keep`.
 */
export async function createWholeFile(path: string, begins: () => void = () => {}): Promise<WholeFile> {
  return told(path, async () => {
    const place = await placeOf(path);
    const there = await stat(place).catch(() => null);
    return there === null || there.isFile() ? beside(place, there, begins) : through(place, begins);
  });
}

/** What a path leads to, through its links; the last of them may lead to what is not there yet. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const link = await readlink(path).catch(() => null);
    if (link === null) return path;
    if (Reflect.get(Object(error), 'code') === 'ELOOP') throw error;
    return placeOf(resolve(dirname(path), link));
  }
}

async function beside(place: string, there: Stats | null, begins: () => void): Promise<WholeFile> {
  const folder = dirname(place);
  const made = await makeFolders(folder);
  // Nobody should wait for a long count to hear that it cannot be written down.
  await access(folder, constants.W_OK);
  const begun = join(folder, `.${basename(place)}.${randomUUID()}`);
  const remove = () => rmSync(begun, { force: true });
  let opened: Promise<FileHandle> | undefined;
  const begin = async () => {
    begins();
    process.once('exit', remove);
    const file = await open(begun, 'wx');
    if (there !== null) await file.chmod(there.mode);
    return file;
  };
  const file = () => {
    opened ??= begin();
    return opened;
  };
  return {
    write: (text) => told(place, async () => (await file()).writeFile(text)),
    keep: () =>
      told(place, async () => {
        const whole = await file();
        await whole.sync();
        await whole.close();
        await rename(begun, place);
        process.removeListener('exit', remove);
      }),
    drop: async () => {
      await (await opened)?.close();
      remove();
      process.removeListener('exit', remove);
      if (made !== undefined) await removeEmpty(resolve(folder), resolve(made));
    },
  };
}

/**
 * Makes a folder and those around it, and returns the outermost that it made. Node's own `recursive` never returns where the system
 * says that what stands there is not there, as in /proc.
 */
async function makeFolders(folder: string): Promise<string | undefined> {
  const around = dirname(folder);
  if ((await isFolder(folder)) || around === folder) return undefined;
  const outermost = await makeFolders(around);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
  return outermost ?? folder;
}

async function isFolder(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  return there?.isDirectory() === true;
}

/** Removes a folder and those around it up to `outermost`. One that others have put something into stays. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  if (!folder.startsWith(outermost)) return;
  try {
    await rmdir(folder);
  } catch {
    return;
  }
  await removeEmpty(dirname(folder), outermost);
}

async function through(place: string, begins: () => void): Promise<WholeFile> {
  const file = await open(place, 'w');
  const close = () => file.close();
  const write = (text: string | Uint8Array) => {
    begins();
    return told(place, () => file.writeFile(text));
  };
  return { write, keep: close, drop: close };
}

/** Tells errors of the system by the name of the file. */
async function told<Done>(path: string, attempt: () => Promise<Done>): Promise<Done> {
  try {
    return await attempt();
  } catch (error) {
    throw new OutputError(z.object({ code: z.string() }).parse(error).code, path);
  }
}
