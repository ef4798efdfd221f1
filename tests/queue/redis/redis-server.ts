import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis of the tests, on loopback, with a folder of its own. */
export interface RedisServer {
  readonly port: number;
  /** Kills it, and starts it again over the same folder. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'stageplan-redis-'));
  const port = await freePort();
  let server = await launch(port, folder);
  return {
    port,
    crash: async () => {
      await ended(server, 'SIGKILL');
      server = await launch(port, folder);
    },
    stop: async () => {
      await ended(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'yes', save: '' };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('redis-server', flags, { stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => server.once('error', reject));
  await Promise.race([failed, answers(port)]);
  return server;
}

/** Waits until it answers, its data read. */
async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
      return;
    } catch {
      await sleep(20);
    } finally {
      client.disconnect();
    }
  }
  throw new Error('Redis did not start.');
}

/** Ends a process that was started here, by its id, and waits until it is gone. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
