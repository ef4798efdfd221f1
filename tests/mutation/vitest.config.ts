import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** One worker that goes from mutant to mutant: Vitest sees the file that holds them, and the runner all the others. */
export default mergeConfig(
  { ...base, test: { ...base.test, projects: undefined } },
  {
    test: {
      root: '.',
      include: ['tests/mutation/host.ts'],
      runner: 'tests/mutation/runner.ts',
      isolate: false,
      maxWorkers: 1,
      testTimeout: 600_000,
    },
  },
);
