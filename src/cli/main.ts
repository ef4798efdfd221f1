#!/usr/bin/env node
import { createReadStream, fstatSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { desktop } from './desktop.ts';
import { lookOf } from './look.ts';
import { runCli } from './program.ts';
import { complain, endWhole, print, rewriteLine } from './streams.ts';
import { startThreads } from './threads.ts';

const manifest = new URL('../../../package.json', import.meta.url);

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    open: (path) => createReadStream(path),
    list: listFolder,
    create: async (path) => {
      const { createWholeFile } = await import('./whole-file.ts');
      // Else a file that is begun would stay behind.
      return createWholeFile(path, endWhole);
    },
    get: getJson,
    openProducer: async (address) => (await import('../queue/open-producer.ts')).openProducer(address),
    stdin: process.stdin,
    stdinSize: sizeOfStdin(),
    piped: process.stdin.isTTY !== true,
    out: print,
    err: complain,
    threads: startThreads,
    rewrite: process.stderr.isTTY === true ? rewriteLine : undefined,
    version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version,
    terminal: process.stdout.isTTY === true,
    looks: { out: lookOf(process.stdout, process.env), err: lookOf(process.stderr, process.env) },
  },
  desktop,
);

// Where a command ends before its input does, nobody waits for more of it.
process.stdin.destroy();

function sizeOfStdin(): number | undefined {
  try {
    const stats = fstatSync(0);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

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
