import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const run = (program: string) => execFileSync(process.execPath, [program], { encoding: 'utf8' });

test('the table of the docs is what is made of the committed figures', () => {
  expect(run('tests/bench/table.mjs')).toBe(readFileSync('docs/numbers.md', 'utf8'));
});

// kB, min + gz. What is added to the core is seen here; where it is worth its weight, these grow with it.
test('the core stays under 34 kB, and under 74 kB with zod and xstate', () => {
  const { core, withPeers } = JSON.parse(run('tests/bench/bundle-size.mjs'));
  expect(core).toBeLessThan(34);
  expect(withPeers).toBeLessThan(74);
});
