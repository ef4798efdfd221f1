import { defineConfig } from 'vitest/config';

/** The tests that need a browser. They take the built package: run them through `npm run test:e2e`. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 40_000,
    hookTimeout: 30_000,
  },
});
