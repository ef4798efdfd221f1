import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerPage } from '../../visualizations/inspector/answer-page.ts';
import { listenOnLoopback, loopback } from '../../visualizations/inspector/loopback.ts';

/** A page that is being served, until `close`. */
export interface ServedPage {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves one HTML page on loopback, and nothing else.
 *
 * @throws {PortError} when the port is taken or not allowed.
 */
export async function servePage(html: string, port: number): Promise<ServedPage> {
  const server = createServer();
  const own = await listenOnLoopback(server, port);
  const page = { html, headers: { 'Content-Security-Policy': "frame-ancestors 'none'" } };
  server.on('request', (request, response) => answerPage(request, response, page));
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
