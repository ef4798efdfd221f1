import { PortError } from '../../visualizations/inspector/port-error.ts';
import { MissingPackageError } from '../require-package.ts';
import type { Answer } from './answer.ts';
import { exitCodes } from './io.ts';

/** Runs a command that needs an optional package or a port, and says in one line what it lacks. */
export async function withSetup(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof MissingPackageError || error instanceof PortError)) throw error;
    const { name, message } = error;
    return { code: exitCodes.unusable, data: { error: { name, message } }, complaint: `${message}\n` };
  }
}
