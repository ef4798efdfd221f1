import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket, WebSocketServer } from 'ws';
import { requirePackage } from '../../src/require-package.ts';
import { answerPage, type PageToServe } from './answer-page.ts';
import { listenOnLoopback, loopback } from './loopback.ts';

const closingTime = 2000;

/** A page on this machine, and a socket that carries messages to everyone who has it open. */
export interface Relay {
  readonly url: string;
  /** Settles when the first page has connected. */
  readonly connected: Promise<void>;
  /** Sends a message to every page, and later to every page that connects later. */
  readonly publish: (message: string) => void;
  /** Ends once every page has received every message; a page that does not answer is waited for two seconds, and nobody new is let in. */
  readonly close: () => Promise<void>;
}

/**
 * Serves a page and its messages on 127.0.0.1, to pages of its own origin and to programs on this machine.
 *
 * @param port 0 takes any free one.
 * @throws {PortError} when the port is taken or not allowed.
 * @throws {MissingPackageError} when the optional package `ws` is not installed.
 */
export async function startRelay(
  port: number,
  pageFor: (hosts: readonly string[]) => PageToServe,
): Promise<Relay> {
  const { WebSocketServer } = await requirePackage('ws', 'The inspector', () => import('ws'));
  const server = createServer();
  const own = await listenOnLoopback(server, port);
  const hosts = [`${loopback}:${own}`, `localhost:${own}`];
  const page = pageFor(hosts);
  server.on('request', (request, response) => answerPage(request, response, page));
  const sockets = new WebSocketServer({
    server,
    maxPayload: 1024,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => isOurs(req, hosts),
  });
  const sent: string[] = [];
  const connected = firstOf(sockets);
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    for (const message of sent) socket.send(message);
  });
  return {
    url: `http://${hosts[0]}/`,
    connected,
    publish: (message) => {
      sent.push(message);
      for (const socket of sockets.clients) socket.send(message);
    },
    close: async () => {
      sockets.close();
      server.close();
      await Promise.all([...sockets.clients].map(drain));
      server.closeAllConnections();
    },
  };
}

/** A browser always says where a socket was opened from; a program on this machine says nothing. */
function isOurs({ headers }: IncomingMessage, hosts: readonly string[]): boolean {
  const { host = '', origin } = headers;
  return hosts.includes(host) && (origin === undefined || hosts.some((own) => origin === `http://${own}`));
}

async function firstOf(sockets: WebSocketServer): Promise<void> {
  await once(sockets, 'connection');
}

/** A page answers the closing of its socket after it has read all that came before. */
async function drain(socket: WebSocket): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.close(1000);
  await Promise.race([closed, sleep(closingTime, undefined, { ref: false })]);
  socket.terminate();
}
