import { once } from 'node:events';
import { get, request } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Io } from '../../src/cli/io.ts';
import { OutputError } from '../../src/cli/output-error.ts';
import { runCli } from '../../src/cli/program.ts';
import { type ServedPage, servePage } from '../../src/cli/serve-page.ts';
import { fakeIo } from './fake-io.ts';

const html = '<!doctype html><title>é</title>';

describe('a served page', () => {
  let page: ServedPage | undefined;
  afterEach(async () => page?.close());

  test('is answered at its address, whatever the query', async () => {
    page = await servePage(html, 0);
    expect(page.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const response = await fetch(`${page.address}?x=1`);
    expect(await response.text()).toBe(html);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  });

  test('is compressed for who takes that, and as it is for who does not', async () => {
    page = await servePage(html.repeat(200), 0);
    const compressed = await fetch(page.address);
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(Number(compressed.headers.get('content-length'))).toBeLessThan(1000);
    expect(await compressed.text()).toBe(html.repeat(200));
    const plain = await fetch(page.address, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(html.repeat(200));
  });

  test.each([
    ['rebound.example', 421],
    ['127.0.0.1.rebound.example', 421],
    ['localhost:1', 200],
  ])('under the host name %s is %i', async (host, status) => {
    page = await servePage(html, 0);
    expect(await statusOf(page.address, { headers: { host } })).toBe(status);
  });

  test('has no other paths and takes no other methods', async () => {
    page = await servePage(html, 0);
    expect(await statusOf(`${page.address}package.json`)).toBe(404);
    expect(await statusOf(page.address, { method: 'POST' })).toBe(405);
    expect(await statusOf(page.address, { method: 'HEAD' })).toBe(200);
  });

  test('is not to be had under another address of the machine', async () => {
    page = await servePage(html, 0);
    await expect(fetch(page.address.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
  });

  test('closes while a browser keeps its connection open', async () => {
    const served = await servePage(html, 0);
    await new Promise((resolve) => get(served.address, { agent: undefined }, resolve));
    await served.close();
    await expect(fetch(served.address)).rejects.toThrow('fetch failed');
  });
});

describe('stageplan explore', () => {
  test('prints the address, opens the browser there, and ends on Ctrl-C', async () => {
    const { code, out, opened } = await explore(['--port', '0']);
    expect(code).toBe(0);
    expect(opened).toHaveLength(1);
    expect(out).toBe(`${opened[0]} is the explorer. Ctrl-C ends it.\n`);
  });

  test('--no-open opens no browser', async () => {
    expect((await explore(['--no-open'])).opened).toEqual([]);
  });

  test('serves the built page', async () => {
    const { read, served } = await explore([]);
    expect(read[0]).toMatch(/explorer[/\\]index\.html$/);
    expect(served).toBe(html);
  });

  test('a port in use is named, with what to do, and nothing is served', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = z.object({ port: z.int() }).parse(other.address());
    const { code, out, err } = await explore(['--port', String(port)]);
    other.close();
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toBe(`Port ${port} is in use. Choose another, or 0 for any free one.\n`);
  });

  test.each(['80.5', '-1', '65536', 'http'])('%s is no port', async (port) => {
    const { code, err } = await explore([`--port=${port}`]);
    expect(code).toBe(2);
    expect(err).toContain('It must be a whole number from 0 to 65535.');
  });
});

test('where its address cannot be printed, it ends, and serves nothing', async () => {
  const desk = { interrupted: () => new AbortController().signal, openPage: async () => {} };
  let address = '';
  const out = async (text: string | Uint8Array) => {
    [address = ''] = String(text).split(' ');
    throw new OutputError('ENOSPC');
  };
  const io: Io = { ...fakeIo(), open: () => bytesOf(html), out };
  expect(await runCli(['explore'], io, desk)).toBe(2);
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

/** Runs `stageplan explore`, looks at the page once it has an address, and presses Ctrl-C. */
async function explore(argv: readonly string[]) {
  const printed = { out: '', err: '', served: '' };
  const read: string[] = [];
  const opened: string[] = [];
  const ctrlC = new AbortController();
  const io: Io = {
    ...fakeIo(),
    open: (path) => {
      read.push(path);
      return bytesOf(html);
    },
    out: async (text) => {
      printed.out += text;
      const [address] = /^http:\S+/.exec(String(text)) ?? [];
      if (address === undefined) return;
      printed.served = await (await fetch(address)).text();
      setTimeout(() => ctrlC.abort());
    },
    err: async (text) => {
      printed.err += text;
    },
  };
  const desk = { interrupted: () => ctrlC.signal, openPage: async (url: string) => void opened.push(url) };
  return { code: await runCli(['explore', ...argv], io, desk), ...printed, read, opened };
}

function statusOf(
  address: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    request(address, options, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
