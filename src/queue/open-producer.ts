// biome-ignore lint/suspicious/noTsIgnore: who has no bullmq must be able to read these types, and who has it expects no error.
/** @ts-ignore */
import type { RedisOptions } from 'bullmq';
import { type RedisAddress, sayAddress } from './redis-address.ts';
import { requireBullmq } from './require-bullmq.ts';
import type { FlowAdder } from './submit-plans.ts';

/** What hands plans in, until it is closed. */
export interface OpenProducer extends FlowAdder {
  close(): Promise<void>;
}

/** What of the module `bullmq` a producer needs. */
export interface ProducerModule {
  readonly FlowProducer: new (options: {
    readonly connection: RedisOptions;
  }) => OpenProducer & {
    waitUntilReady(): Promise<unknown>;
    on(event: 'error', listener: (error: Error) => void): unknown;
  };
}

/** Redis cannot be reached, or does not let anyone in. Its message has no credentials. */
export class NoRedisError extends Error {
  override readonly name = 'NoRedisError';

  constructor(address: RedisAddress, reason: string) {
    super(`Start Redis or Valkey at ${sayAddress(address)}, or name another address: ${reason}.`);
  }
}

/** How long Redis may take over a command, in milliseconds. */
const longestSilence = 10_000;

const unsaid = 'it does not answer, or has no such database';

/**
 * Opens what hands plans in. It does not wait for a Redis that is not there or says nothing,
 * which a worker does.
 *
 * @throws {NoRedisError} when Redis cannot be reached.
 * @throws {MissingPackageError} when `bullmq` is not installed.
 */
export async function openProducer(address: RedisAddress, bullmq?: ProducerModule): Promise<OpenProducer> {
  const { FlowProducer } = bullmq ?? (await installed());
  const connection = { ...address, retryStrategy: () => null, commandTimeout: longestSilence };
  const producer = new FlowProducer({ connection });
  let reason: string | undefined;
  producer.on('error', (error) => {
    // A code says enough, and holds nothing of the address.
    reason = String(Reflect.get(error, 'code') ?? /^[A-Z]{4,}/.exec(error.message) ?? unsaid);
  });
  const ready = await producer.waitUntilReady().then(
    () => true,
    () => false,
  );
  // Where Redis has no such database, ioredis says so, and goes on in another.
  if (ready && reason === undefined) return producer;
  await producer.close();
  throw new NoRedisError(address, reason ?? unsaid);
}

async function installed(): Promise<ProducerModule> {
  const { FlowProducer } = await requireBullmq('Handing plans in');
  // BullMQ's own type says more of a producer than is used here.
  return { FlowProducer: FlowProducer as unknown as ProducerModule['FlowProducer'] };
}
