import { PortError } from '../../visualizations/inspector/port-error.ts';
import { LargePictureError } from '../../visualizations/large-picture-error.ts';
import { NoRedisError } from '../queue/open-producer.ts';
import { MissingPackageError } from '../require-package.ts';
import type { Answer } from './answer.ts';
import { exitCodes, type Io } from './io.ts';
import { sentence } from './layout.ts';

const told = [MissingPackageError, PortError, NoRedisError, LargePictureError];

/** Runs a command that needs an optional package, a port, a Redis or a picture that can be laid out, and says in one sentence what it lacks. */
export async function withSetup({ looks }: Pick<Io, 'looks'>, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (!told.some((kind) => error instanceof kind)) throw error;
    // One of these.
    const { name, message } = error as Error;
    return {
      code: exitCodes.unusable,
      data: { error: { name, message } },
      complaint: () => sentence(message, looks.err),
    };
  }
}
