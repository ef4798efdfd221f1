import { requirePackage } from '../require-package.ts';

/**
 * Loads BullMQ. It loads ioredis itself, when it connects: too late for a word on what to install.
 *
 * @throws {MissingPackageError} when one of the two is not installed.
 */
export async function requireBullmq(feature: string): Promise<typeof import('bullmq')> {
  const [bullmq] = await Promise.all([
    requirePackage('bullmq', feature, () => import('bullmq'), ['ioredis']),
    requirePackage('ioredis', feature, () => import('ioredis'), ['bullmq']),
  ]);
  return bullmq;
}
