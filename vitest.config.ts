import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that replace modules, or run examples for what these print. All others share what they import, which takes half the time. */
const fresh = ['tests/own-sequences.test.ts', 'tests/readme.test.ts', 'tests/route/sentences.test.ts'];

export default defineConfig({
  resolve: {
    // Examples import the package by its name. tests/built-package.test.ts does so without this alias.
    alias: [
      { find: /^stageplan$/, replacement: source('src/index.ts') },
      { find: /^stageplan\/comfyui$/, replacement: source('src/compile/comfyui/index.ts') },
      { find: /^stageplan\/webui$/, replacement: source('src/compile/webui/index.ts') },
      { find: /^stageplan\/bullmq$/, replacement: source('src/queue/index.ts') },
      { find: /^stageplan\/sweep$/, replacement: source('src/sweep/index.ts') },
      { find: /^stageplan\/testing$/, replacement: source('src/testing/index.ts') },
      { find: /^stageplan\/machines$/, replacement: source('machines/index.ts') },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/queue/redis/**', ...fresh],
          // Where files share their modules V8 forgets what it counted in functions that it has optimised since.
          isolate: process.argv.includes('--coverage'),
        },
      },
      { extends: true, test: { name: 'fresh', include: fresh, benchmark: { include: [] } } },
    ],
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 60_000,
    // Of two cores, which is what a runner of CI has, Vitest would leave one idle.
    maxWorkers: '100%',
    coverage: {
      include: ['src/**/*.ts', 'machines/**/*.ts', 'visualizations/*.ts', 'visualizations/inspector/*.ts'],
      // These hand processes and threads to what is tested here; tests/cli/process.test.ts runs them in processes of their own.
      exclude: [
        'src/cli/hand-over.ts',
        'src/cli/line-worker.ts',
        'src/cli/main.ts',
        'src/cli/streams.ts',
        'src/cli/threads.ts',
        'tests/**',
      ],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
