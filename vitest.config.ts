import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    coverage: {
      include: ['src/**/*.ts', 'machines/**/*.ts', 'visualizations/*.ts', 'visualizations/inspector/*.ts'],
      // main.ts only hands the process to runCli; tests/cli/process.test.ts runs it in processes of its own.
      exclude: ['src/cli/main.ts'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
