import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of a stand-in. */
export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** Serves on loopback, and gives the server with its address. */
export async function listen(
  answer: (path: string, body: Buffer, type: string) => Reply,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const type = request.headers['content-type'] ?? '';
    const { status = 200, body } = answer(request.url ?? '', Buffer.concat(chunks), type);
    response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json' });
    response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}
