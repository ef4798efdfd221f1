import * as z from 'zod';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be opened',
};

/** A server of ours cannot listen on a port. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly port: number;

  constructor(port: number, cause: unknown) {
    const code = z.object({ code: z.string() }).safeParse(cause).data?.code ?? 'for an unknown reason';
    super(
      `Port ${port} ${reasons[code] ?? `cannot be opened (${code})`}. Choose another, or 0 for any free one.`,
      {
        cause,
      },
    );
    this.port = port;
  }
}
