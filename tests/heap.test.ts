import { expect, test } from 'vitest';
import * as z from 'zod';
import { runBuilt } from './run-built.ts';

/** Of 2,000 calls, each of which hands over 1,000 characters or a machine, which takes more: 2 MB would stay of them. */
const less = 1_500_000;

test('12,000 calls of which none is like another leave the heap as it was', async () => {
  const printed = await runBuilt('tests/heap/measure-heap.ts', '--expose-gc');
  const kept = z.record(z.string(), z.number()).parse(printed);
  expect(Object.keys(kept)).toHaveLength(6);
  for (const [kind, bytes] of Object.entries(kept)) expect(bytes, kind).toBeLessThan(less);
});
