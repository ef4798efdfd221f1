import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { desktop, openerOn } from '../../src/cli/desktop.ts';
import { run } from './fake-io.ts';

const files = {
  'run.json': '{"txt2img_enabled":true}',
  'rejected.json': '{"adetailer_enabled":true}',
  'wrong.json': '{"steps":"many"}',
};

/** Inspects a file as the command does, with a page that connects as soon as the browser is asked to open it. */
async function inspect(argv: readonly string[]) {
  const opened: string[] = [];
  const result = await run(['inspect', ...argv], {
    files,
    desk: {
      interrupted: () => new AbortController().signal,
      openPage: async (url) => {
        opened.push(url);
        new WebSocket(url.replace('http:', 'ws:')).on('message', () => {});
      },
    },
  });
  return { ...result, opened };
}

test('the walk of a run is played to the page that is opened, and the command ends', async () => {
  const { code, out, err, opened } = await inspect(['run.json', '--offline', '--speed', '0']);
  expect(opened).toHaveLength(1);
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `${opened[0]} shows the walk once it is open. Ctrl-C ends it.
  xstate.init -> start
  stage.txt2img -> txt2img.base
  plan.finished -> complete
The walk is over, and every page has all of it.
`,
    err: '',
  });
});

test('a rejected run is played up to the refusal, complained of, and exits 1', async () => {
  const { code, out, err } = await inspect(['rejected.json', '--offline', '--speed', '0']);
  expect(code).toBe(1);
  expect(out).toContain('  xstate.init -> start\n  stage.adetailer is refused in start\n');
  expect(err).toContain('adetailer needs txt2img or img2img before it, which give it an image.');
});

test('a RunConfig that is not valid is not played', async () => {
  const { code, opened, err } = await inspect(['wrong.json']);
  expect({ code, opened }).toEqual({ code: 1, opened: [] });
  expect(err).toContain('steps');
});

test('with --no-open no browser is asked, and without a page nothing is played', async () => {
  const { code, out, opened } = await inspect(['run.json', '--no-open', '--wait', '0']);
  expect({ code, opened }).toEqual({ code: 0, opened: [] });
  expect(out).toContain('No page was opened within 0 s. Nothing was played; --wait sets the time.\n');
});

test('Ctrl-C ends the waiting', async () => {
  const desk = { interrupted: () => AbortSignal.abort(), openPage: async () => {} };
  const { code, out } = await run(['inspect', 'run.json'], { files, desk });
  expect(code).toBe(0);
  expect(out).toContain('\nInterrupted.\n');
});

test('a port in use is one line on standard error, and exit code 2', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { code, out, err } = await inspect(['run.json', '--port', port]);
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: `Port ${port} is in use. Choose another, or 0 for any free one.\n`,
  });
  server.close();
});

test.each([
  ['--port', '65536'],
  ['--speed', '-1'],
  ['--wait', '1.5'],
])('%s %s is wrong usage', async (flag, value) => {
  const { code, err } = await inspect(['run.json', `${flag}=${value}`]);
  expect(code).toBe(2);
  expect(err).toContain('It must be a whole number from 0 to');
});

describe('as a real process', () => {
  test('it says where it serves, and Ctrl-C ends it', async () => {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', 'inspect', '-', '--offline', '--no-open']);
    child.stdin.end(files['run.json']);
    const [text] = await once(child.stdout, 'data');
    expect(String(text)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ shows the walk/);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('it ends by itself once a page has the whole walk', async () => {
    const child = spawn(process.execPath, [
      'dist/src/cli/main.js',
      'inspect',
      '-',
      '--no-open',
      '--speed',
      '0',
    ]);
    child.stdin.end(files['run.json']);
    const [text] = await once(child.stdout, 'data');
    const [url = ''] = String(text).split(' ');
    const messages: string[] = [];
    new WebSocket(url.replace('http:', 'ws:')).on('message', (message) => messages.push(String(message)));
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(messages.at(-1)).toContain('@stageplan.verdict');
  });
});

describe('the desktop', () => {
  const path = process.env.PATH;

  afterEach(() => {
    process.env.PATH = path;
  });

  test('Ctrl-C aborts the signal', () => {
    const signal = desktop.interrupted();
    expect(signal.aborted).toBe(false);
    process.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    process.removeAllListeners('SIGTERM');
  });

  test('a termination aborts the signal too', () => {
    const signal = desktop.interrupted();
    process.emit('SIGTERM');
    expect(signal.aborted).toBe(true);
    process.removeAllListeners('SIGINT');
  });

  test.skipIf(process.platform !== 'linux')('the page is handed to xdg-open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stageplan-'));
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > ${folder}/opened\n`);
    chmodSync(join(folder, 'xdg-open'), 0o755);
    process.env.PATH = `${folder}:${path}`;
    await desktop.openPage('http://127.0.0.1:1/');
    await vi.waitFor(() =>
      expect(readFileSync(join(folder, 'opened'), 'utf8')).toBe('http://127.0.0.1:1/\n'),
    );
  });

  test('where there is none, no page is opened and nobody interrupts', async () => {
    const { code, out } = await run(['inspect', 'run.json', '--wait', '0'], { files });
    expect(code).toBe(0);
    expect(out).toContain('No page was opened within 0 s.');
  });

  test('where nothing can open a page, nothing happens', async () => {
    process.env.PATH = '/nowhere';
    await desktop.openPage('http://127.0.0.1:1/');
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  test.each([
    ['darwin', ['open']],
    ['win32', ['cmd', '/c', 'start', '']],
    ['linux', ['xdg-open']],
  ])('on %s a page is opened by %j', (system, command) => {
    expect(openerOn(system)).toEqual(command);
  });
});
