import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback, loopback } from '../../visualizations/inspector/loopback.ts';

/** A page that is being served, until `close`. */
export interface ServedPage {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves one HTML page on loopback, and nothing else.
 *
 * A request under another host name is refused: a site whose name resolves to loopback could read the page otherwise.
 *
 * @throws {PortError} when the port is taken or not allowed.
 */
export async function servePage(html: string, port: number): Promise<ServedPage> {
  const server = createServer((request, response) => answer(request, response, html));
  const own = await listenOnLoopback(server, port);
  return {
    address: `http://${loopback}:${own}/`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer({ headers, method, url }: IncomingMessage, response: ServerResponse, html: string): void {
  const status = statusFor(headers.host, method, url);
  const body = status === 200 ? html : `${status}\n`;
  response.writeHead(status, {
    'Content-Type': `text/${status === 200 ? 'html' : 'plain'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(method === 'HEAD' ? '' : body);
}

function statusFor(host: unknown, method: unknown, url: unknown): number {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(String(host))) return 421;
  if (method !== 'GET' && method !== 'HEAD') return 405;
  return /^\/(\?|$)/.test(String(url)) ? 200 : 404;
}
