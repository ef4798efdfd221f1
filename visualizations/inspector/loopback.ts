import { once } from 'node:events';
import type { Server } from 'node:http';
import * as z from 'zod';
import { PortError } from './port-error.ts';

/** The address that every server of ours listens on: it is reached from this machine alone. */
export const loopback = '127.0.0.1';

/**
 * Listens on loopback and gives the port; 0 takes any free one.
 *
 * @throws {PortError} when the port is taken or not allowed.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, loopback);
    await once(server, 'listening');
  } catch (error) {
    throw new PortError(port, error);
  }
  return z.object({ port: z.int() }).parse(server.address()).port;
}
