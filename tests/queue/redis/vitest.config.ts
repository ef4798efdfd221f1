import { defineConfig } from 'vitest/config';

/** The tests that need a Redis. They take the built package: run them through `npm run test:queue`. */
export default defineConfig({
  test: {
    include: ['tests/queue/redis/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 30_000,
  },
});
