import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ended, startRedis } from './redis-server.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** The commands in the README of an example. */
function commandsOf(example: string): readonly string[] {
  const [, commands = ''] =
    readFileSync(`examples/${example}/README.md`, 'utf8').match(/```sh\n([\s\S]*?)```/) ?? [];
  return commands.trim().split('\n');
}

/** Starts `npx tsx FILE` in a folder of its own, without npx between: a signal reaches the program itself. */
function start(command: string, env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const [, file = ''] = command.match(/npx tsx (\S+)$/) ?? [];
  const cwd = mkdtempSync(join(tmpdir(), 'stageplan-example-'));
  const child = spawn(process.execPath, ['--import', loader, resolve(file)], { cwd, env, stdio: 'pipe' });
  child.stderr?.pipe(process.stderr);
  onTestFinished(async () => {
    await ended(child, 'SIGKILL');
    rmSync(cwd, { recursive: true, force: true });
  });
  return child;
}

async function printed({ stdout }: ChildProcess): Promise<readonly string[]> {
  return stdout === null ? [] : (await text(stdout)).trim().split('\n');
}

test('the two commands of examples/many-boxes work a sweep off', async () => {
  const redis = await startRedis();
  onTestFinished(redis.stop);
  const env = { ...process.env, STAGEPLAN_REDIS: `redis://127.0.0.1:${redis.port}` };
  const [box, producer] = commandsOf('many-boxes').map((command) => start(command, env));
  if (box === undefined || producer === undefined) throw new Error('Two commands were expected.');
  box.stdout?.resume();
  const [first, ...stages] = await printed(producer);
  expect(first).toBe('6 plans handed in, 0 refused');
  expect(stages.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
    Array.from({ length: 6 }, () => ['1-txt2img done', '2-upscale done']).flat(),
  );
  await ended(box, 'SIGTERM');
  expect(box.exitCode).toBe(0);
});

test('the two commands of examples/one-box work plans off without Redis', async () => {
  const [build, work = ''] = commandsOf('one-box').map((command) =>
    command.replace(/ [<>] plans\.ndjson$/, ''),
  );
  const planner = spawn(`${build}`.replace('npx stageplan', `"${process.execPath}" dist/src/cli/main.js`), {
    shell: true,
  });
  const box = start(work);
  if (box.stdin !== null) planner.stdout.pipe(box.stdin);
  const lines = await printed(box);
  expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([['2-upscale'], ['2-img2img']]);
});
