import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An answer of a stand-in. */
export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** Serves on loopback until the test is over, and gives the address. */
export async function serve(answer: (path: string, body: Buffer, type: string) => Reply): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const type = request.headers['content-type'] ?? '';
    const { status = 200, body } = answer(request.url ?? '', Buffer.concat(chunks), type);
    response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json' });
    response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
