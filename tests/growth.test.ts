import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { growingInputs } from './growth/inputs.ts';
import { runBuilt } from './run-built.ts';

const Rows = z.array(z.object({ what: z.string(), steps: z.array(z.number().positive()).length(4) }));
let rows: z.output<typeof Rows> = [];

beforeAll(async () => {
  rows = Rows.parse(await runBuilt('tests/growth/count-input-steps.ts', '--no-opt'));
}, 60_000);

test.each(growingInputs.map(({ what }) => what))(
  '%s takes no more than its size does when it doubles three times',
  (what) => {
    const steps = rows.find((row) => row.what === what)?.steps ?? [];
    const doublings = steps.slice(1).map((count, index) => count / (steps[index] ?? 1));
    expect(doublings).toHaveLength(3);
    expect(Math.min(...doublings), steps.join(', ')).toBeLessThanOrEqual(2.3);
  },
);
