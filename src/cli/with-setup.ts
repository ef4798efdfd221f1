import { PortError } from '../../visualizations/inspector/port-error.ts';
import { NoRedisError } from '../queue/open-producer.ts';
import { MissingPackageError } from '../require-package.ts';
import type { Answer } from './answer.ts';
import { exitCodes, type Io } from './io.ts';
import { sentence } from './layout.ts';

/** Runs a command that needs an optional package, a port or a Redis, and says in one sentence what it lacks. */
export async function withSetup({ looks }: Pick<Io, 'looks'>, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (![MissingPackageError, PortError, NoRedisError].some((kind) => error instanceof kind)) throw error;
    // One of the three.
    const { name, message } = error as Error;
    return {
      code: exitCodes.unusable,
      data: { error: { name, message } },
      complaint: () => sentence(message, looks.err),
    };
  }
}
