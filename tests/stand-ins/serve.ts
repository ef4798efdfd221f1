import { onTestFinished } from 'vitest';
import { listen, type Reply } from './listen.ts';

/** Serves on loopback until the test is over, and gives the address. */
export async function serve(answer: (path: string, body: Buffer, type: string) => Reply): Promise<string> {
  const { server, url } = await listen(answer);
  onTestFinished(() => void server.close());
  return url;
}
