import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Examples import the package by its name. tests/built-package.test.ts does so without this alias.
    alias: [
      { find: /^stageplan$/, replacement: source('src/index.ts') },
      { find: /^stageplan\/comfyui$/, replacement: source('src/compile/comfyui/index.ts') },
      { find: /^stageplan\/webui$/, replacement: source('src/compile/webui/index.ts') },
      { find: /^stageplan\/testing$/, replacement: source('src/testing/index.ts') },
      { find: /^stageplan\/machines$/, replacement: source('machines/index.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 60_000,
    // Of two cores, which is what a runner of CI has, Vitest would leave one idle.
    maxWorkers: '100%',
    coverage: {
      include: ['src/**/*.ts', 'machines/**/*.ts', 'visualizations/*.ts', 'visualizations/inspector/*.ts'],
      // These two only hand the process to runCli; tests/cli/process.test.ts runs them in processes of their own.
      exclude: ['src/cli/main.ts', 'src/cli/streams.ts', 'tests/**'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
