#!/usr/bin/env node
import { createReadStream, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { openProducer } from '../queue/open-producer.ts';
import { desktop } from './desktop.ts';
import { lookOf } from './look.ts';
import { runCli } from './program.ts';
import { complain, print } from './streams.ts';
import { createWholeFile } from './whole-file.ts';

const manifest = new URL('../../../package.json', import.meta.url);

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    open: (path) => createReadStream(path),
    list: listFolder,
    create: createWholeFile,
    get: getJson,
    openProducer,
    stdin: process.stdin,
    piped: process.stdin.isTTY !== true,
    out: print,
    err: complain,
    version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version,
    terminal: process.stdout.isTTY === true,
    looks: { out: lookOf(process.stdout, process.env), err: lookOf(process.stderr, process.env) },
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

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}
