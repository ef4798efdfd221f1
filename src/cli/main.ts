#!/usr/bin/env node
import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { openProducer } from '../queue/open-producer.ts';
import { desktop } from './desktop.ts';
import { runCli } from './program.ts';
import { complain, print } from './streams.ts';

const manifest = new URL('../../../package.json', import.meta.url);

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    open: (path) => createReadStream(path),
    list: listFolder,
    save: saveFile,
    get: getJson,
    openProducer,
    stdin: process.stdin,
    out: print,
    err: complain,
    version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version,
    terminal: process.stdout.isTTY === true,
    color: process.stderr.isTTY === true && process.stderr.hasColors(),
  },
  desktop,
);

async function listFolder(path: string): Promise<readonly string[] | null> {
  try {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return null;
  }
}

async function saveFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}
