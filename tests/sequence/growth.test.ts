import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { measurements } from '../growth/situations.ts';
import { runBuilt } from '../run-built.ts';

const Rows = z.array(
  z.object({ what: z.string(), where: z.string(), steps: z.array(z.number().positive()).length(5) }),
);
let rows: z.output<typeof Rows> = [];

beforeAll(async () => {
  rows = Rows.parse(await runBuilt('tests/growth/count-steps.ts', '--no-opt'));
}, 60_000);

test.each(measurements().map(({ what, where, quadratic }) => [what, where, quadratic ? 4.6 : 2.3] as const))(
  '%s with %s takes at most so many times the steps when its stages double: %d',
  (what, where, limit) => {
    const steps = rows.find((row) => row.what === what && row.where === where)?.steps ?? [];
    const [, ...doublings] = steps.slice(1).map((count, index) => count / (steps[index] ?? 1));
    expect(doublings).toHaveLength(3);
    expect(Math.max(...doublings), steps.join(', ')).toBeLessThanOrEqual(limit);
  },
);
