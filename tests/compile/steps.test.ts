import { expect, test } from 'vitest';
import * as z from 'zod';
import { runBuilt } from '../run-built.ts';

const Steps = z.object({
  build: z.number().positive(),
  compile: z.record(z.string(), z.number().positive()),
});

test('compiling the full chain takes no more steps than building it', async () => {
  const { build, compile } = Steps.parse(await runBuilt('tests/growth/count-compile-steps.ts', '--no-opt'));
  expect(Object.keys(compile)).toEqual(['a1111', 'reforge', 'forge', 'comfyui']);
  for (const [target, steps] of Object.entries(compile)) expect(steps / build, target).toBeLessThan(1);
}, 60_000);
