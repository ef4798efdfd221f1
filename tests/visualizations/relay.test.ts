import { once } from 'node:events';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWebSocketReceiver } from '@statelyai/inspect';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PortError } from '../../visualizations/inspector/port-error.ts';
import { type Relay, startRelay } from '../../visualizations/inspector/relay.ts';
import { servePage } from '../../visualizations/inspector/served-page.ts';

const html = '<style>p { color: red; }</style><p>page</p><script>1 + 1</script>';
let relay: Relay | undefined;

async function start(port = 0): Promise<{ readonly relay: Relay; readonly port: number }> {
  relay = await startRelay(port, (hosts) => servePage(html, hosts));
  return { relay, port: Number(new URL(relay.url).port) };
}

/** Asks for a page under any name, as a browser does that a rebound DNS name has led here. */
function ask(url: string, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<{ readonly status: number | undefined; readonly policy: string; readonly body: string }>(
    (resolve, reject) => {
      get(url, { headers }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({
          status: response.statusCode,
          policy: String(response.headers['content-security-policy']),
          body,
        });
      }).on('error', reject);
    },
  );
}

function socketOf(url: string, origin?: string): WebSocket {
  return new WebSocket(url.replace('http:', 'ws:'), origin === undefined ? {} : { origin });
}

function messagesOf(socket: WebSocket): readonly string[] {
  const messages: string[] = [];
  socket.on('message', (text) => messages.push(String(text)));
  return messages;
}

afterEach(async () => {
  await relay?.close();
  relay = undefined;
});

test('the page is served on loopback', async () => {
  const { relay } = await start();
  expect(relay.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await ask(relay.url)).toMatchObject({ status: 200, body: html });
});

test.each(['127.0.0.2', '::1'])(
  '%s, which a server on every interface would answer, is not listened on',
  async (address) => {
    const { port } = await start();
    await expect(once(connect(port, address), 'connect')).rejects.toThrow();
  },
);

test('the page may run its own script and styles and open its own socket, and nothing else', async () => {
  const { relay, port } = await start();
  const { policy } = await ask(relay.url);
  expect(policy.replaceAll(/sha256-[\w+/=]+/g, 'hash')).toBe(
    [
      "default-src 'none'",
      "script-src 'hash'",
      "style-src 'hash'",
      'img-src data:',
      `connect-src ws://127.0.0.1:${port} ws://localhost:${port}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
});

test('a request under another name is refused', async () => {
  const { relay, port } = await start();
  expect(await ask(relay.url, { host: `evil.example:${port}` })).toMatchObject({ status: 421 });
  expect(await ask(relay.url, { host: `127.0.0.1.evil.example:${port}` })).toMatchObject({ status: 421 });
  expect(await ask(relay.url, { host: `localhost:${port}` })).toMatchObject({ status: 200 });
});

test('there is one page and no other, for pages of this machine that only ask for it', async () => {
  const { relay } = await start();
  expect(await ask(`${relay.url}package.json`)).toMatchObject({ status: 404 });
  const post = await fetch(relay.url, { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect(await ask(relay.url, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(await ask(relay.url, { origin: relay.url.slice(0, -1) })).toMatchObject({ status: 200 });
  expect((await fetch(relay.url)).headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test('a socket that another site opens is refused', async () => {
  const { relay, port } = await start();
  await expect(once(socketOf(relay.url, 'https://evil.example'), 'open')).rejects.toThrow('401');
  await once(socketOf(relay.url, `http://localhost:${port}`), 'open');
});

test('a page that connects late receives all that came before', async () => {
  const { relay } = await start();
  relay.publish('one');
  const socket = socketOf(relay.url);
  const messages = messagesOf(socket);
  await relay.connected;
  relay.publish('two');
  await vi.waitFor(() => expect(messages).toEqual(['one', 'two']));
});

test('closing delivers what was published just before', async () => {
  const { relay } = await start();
  const socket = socketOf(relay.url);
  const messages = messagesOf(socket);
  await relay.connected;
  for (let count = 0; count < 500; count += 1) relay.publish(`${count} ${'x'.repeat(10_000)}`);
  await relay.close();
  expect(messages).toHaveLength(500);
});

test('a page that never answers is waited for two seconds', async () => {
  const { relay, port } = await start();
  const upgrade = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n`;
  const silent = connect(port, '127.0.0.1');
  const late = connect(port, '127.0.0.1');
  await once(late, 'connect');
  silent.write(upgrade);
  await relay.connected;
  const before = Date.now();
  const closed = relay.close();
  // Whoever comes now is not let in, nor who has come and asks only now, and holds nothing up.
  await expect(once(socketOf(relay.url), 'open')).rejects.toThrow();
  late.write(upgrade);
  expect(String(await once(late, 'data'))).not.toContain('101 Switching Protocols');
  await closed;
  expect(Date.now() - before).toBeGreaterThan(1900);
  await once(silent.resume(), 'close');
});

test('a socket that sends too much is dropped, and the relay goes on', async () => {
  const { relay } = await start();
  const socket = socketOf(relay.url);
  await once(socket, 'open');
  socket.send('x'.repeat(2000));
  await once(socket, 'close');
  expect(await ask(relay.url)).toMatchObject({ status: 200 });
});

test('the receiver of @statelyai/inspect reads what is published', async () => {
  const { relay } = await start();
  const received: unknown[] = [];
  createWebSocketReceiver({ server: relay.url.replace('http:', 'ws:') }).subscribe((event) =>
    received.push(event),
  );
  await relay.connected;
  await sleep(50);
  relay.publish('{"type":"@xstate.event"}');
  await vi.waitFor(() => expect(received).toEqual([{ type: '@xstate.event' }]));
});

test('a port in use is named, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refused = start(port);
  await expect(refused).rejects.toThrow(PortError);
  await expect(refused).rejects.toThrow(`Port ${port} is in use. Choose another, or 0 for any free one.`);
  server.close();
});

test('a port that cannot be opened for another reason is named with the reason', () => {
  expect(new PortError(81, Object.assign(new Error(), { code: 'EACCES' })).message).toContain(
    'may not be opened',
  );
  expect(new PortError(81, Object.assign(new Error(), { code: 'EPERM' })).message).toContain('EPERM');
  expect(new PortError(81, 'odd').message).toContain('for an unknown reason');
});
