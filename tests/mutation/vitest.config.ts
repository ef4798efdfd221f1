import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** The tests that see a mutant of the sources: those that run the built package, or a browser, cannot. */
export default mergeConfig(base, {
  test: {
    root: '.',
    exclude: [
      'tests/e2e/**',
      'tests/visualizations/**',
      'tests/cli/process.test.ts',
      'tests/cli/{draw,explore,inspect}.test.ts',
      'tests/import/fuzz.test.ts',
      'tests/built-package.test.ts',
      'tests/readme.test.ts',
    ],
  },
});
