import { describe, expect, test } from 'vitest';
import { NoRedisError, openProducer, type ProducerModule } from '../../src/queue/open-producer.ts';
import {
  isOpenToOthers,
  type RedisAddress,
  readRedisAddress,
  sayAddress,
} from '../../src/queue/redis-address.ts';

const local: RedisAddress = { host: '127.0.0.1', port: 6379, db: 0 };

test.each<[string, object, openToOthers: boolean, said: string]>([
  ['redis://localhost', { host: 'localhost', port: 6379, db: 0 }, false, 'redis://localhost:6379/0'],
  ['redis://127.8.0.1:7000/2', { host: '127.8.0.1', port: 7000, db: 2 }, false, 'redis://127.8.0.1:7000/2'],
  ['redis://[::1]/', { host: '::1', port: 6379, db: 0 }, false, 'redis://[::1]:6379/0'],
  ['redis://10.0.0.5', { host: '10.0.0.5', port: 6379, db: 0 }, true, 'redis://10.0.0.5:6379/0'],
  [
    'redis://127.0.0.1.example.org',
    { host: '127.0.0.1.example.org', port: 6379, db: 0 },
    true,
    'redis://127.0.0.1.example.org:6379/0',
  ],
  [
    'rediss://me:s%40crt@queue.example.org:6380/1',
    { host: 'queue.example.org', port: 6380, db: 1, username: 'me', password: 's@crt', tls: {} },
    false,
    'rediss://queue.example.org:6380/1',
  ],
  ['redis://:word@box', { host: 'box', port: 6379, db: 0, password: 'word' }, true, 'redis://box:6379/0'],
])('%s', (text, address, openToOthers, said) => {
  const read = readRedisAddress(text);
  expect(read).toEqual(address);
  expect(isOpenToOthers(read ?? local)).toBe(openToOthers);
  expect(sayAddress(read ?? local)).toBe(said);
});

test.each([
  '',
  'localhost',
  'http://localhost',
  'redis://',
  'redis://a/b',
  'redis://a/0?db=1',
  'redis://a/0#x',
  'redis://%zz@a',
  'redis://a:%zz@a',
])('%j is no address', (text) => {
  expect(readRedisAddress(text)).toBeUndefined();
});

describe('a producer', () => {
  /** BullMQ with a producer that is ready, or has this to complain of. */
  function moduleOf(complaint: Error | null) {
    const made: object[] = [];
    class FlowProducer {
      listener: (error: Error) => void = () => undefined;
      constructor(options: object) {
        made.push(options);
      }
      on(_event: 'error', listener: (error: Error) => void) {
        this.listener = listener;
      }
      async waitUntilReady() {
        if (complaint === null) return;
        this.listener(complaint);
        throw complaint;
      }
      async addBulk() {}
      async close() {}
    }
    return { bullmq: { FlowProducer } satisfies ProducerModule, made };
  }

  test('is opened at the address, and gives up where nobody answers', async () => {
    const { bullmq, made } = moduleOf(null);
    expect(await openProducer(local, bullmq)).toBeInstanceOf(bullmq.FlowProducer);
    expect(made).toEqual([
      { connection: { ...local, retryStrategy: expect.any(Function), commandTimeout: 10_000 } },
    ]);
    const [{ connection }] = made as [{ connection: { retryStrategy: () => unknown } }];
    expect(connection.retryStrategy()).toBeNull();
  });

  test.each([
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new Error('WRONGPASS invalid username-password pair for me:word'), 'WRONGPASS'],
  ])(
    'of a Redis that does not let anybody in says where and why, and no credentials',
    async (complaint, reason) => {
      const { bullmq } = moduleOf(complaint);
      const refused = openProducer({ ...local, username: 'me', password: 'word' }, bullmq);
      await expect(refused).rejects.toThrow(NoRedisError);
      const said = `Start Redis or Valkey at redis://127.0.0.1:6379/0, or name another address: ${reason}.`;
      await expect(refused).rejects.toMatchObject({ message: said });
    },
  );

  test('of a Redis that has no such database is refused, though it goes on in another', async () => {
    class Elsewhere extends moduleOf(null).bullmq.FlowProducer {
      override async waitUntilReady() {
        this.listener(new Error('ERR DB index is out of range'));
      }
    }
    const refused = openProducer({ ...local, db: 99 }, { FlowProducer: Elsewhere });
    await expect(refused).rejects.toThrow(
      'redis://127.0.0.1:6379/99, or name another address: it does not answer, or has no such database.',
    );
  });

  test('of a Redis that ends without a word is refused', async () => {
    class Silent extends moduleOf(null).bullmq.FlowProducer {
      override async waitUntilReady() {
        throw new Error('Connection is closed.');
      }
    }
    await expect(openProducer(local, { FlowProducer: Silent })).rejects.toThrow('it does not answer, or');
  });

  test('is BullMQ’s own where none is handed over', async () => {
    // Nobody listens on port 1 of a machine.
    await expect(openProducer({ ...local, port: 1 })).rejects.toThrow('ECONNREFUSED');
  });
});
