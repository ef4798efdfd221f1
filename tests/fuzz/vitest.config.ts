import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Fuzzing alone: `npm test` takes fixed seeds, and these are fresh. */
export default mergeConfig(
  { ...base, test: { ...base.test, projects: undefined, setupFiles: [] } },
  { test: { root: '.', include: ['tests/fuzz/*.fuzz.ts'], testTimeout: 0, disableConsoleIntercept: true } },
);
