import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { runConfigArbitrary } from '../../src/testing/index.ts';
import type { Target } from './target.ts';

const flags = fc.constantFrom(
  ...[
    '--json',
    '--compact',
    '--table',
    '--ndjson',
    '--strict',
    '--no-external-input',
    '--standalone-upscale',
  ],
  ...[
    '--order',
    'repair',
    '--sequence',
    'canonical',
    '--to',
    'comfyui',
    'a1111',
    '--format',
    'curl',
    '--nothing',
  ],
);
const verbs = fc.constantFrom(
  'build',
  'explain',
  'verify',
  'import',
  'compile',
  'sweep',
  'orders',
  'draw',
  'nothing',
);

const input = fc.oneof(
  runConfigArbitrary(fc).map((config) => JSON.stringify(config)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);

/** 0, 1 and 2 are what the command line promises; a stack is for whoever writes it. */
export const fuzzedCommand: readonly Target[] = [
  {
    name: 'the command: it exits with 0, 1 or 2, and shows no stack and no control characters',
    share: 0.02,
    property: fc.property(verbs, fc.array(flags, { maxLength: 4 }), input, (verb, more, text) => {
      const { status, signal, stdout, stderr } = spawnSync(
        process.execPath,
        ['dist/src/cli/main.js', verb, '-', ...more],
        { input: text, encoding: 'utf8', maxBuffer: 2 ** 28 },
      );
      if (signal !== null || ![0, 1, 2].includes(Number(status)))
        throw new Error(`It exits with ${status} ${signal}: ${stderr}`);
      if (/^ {4}at /m.test(stderr)) throw new Error(stderr);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out.
      if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(stdout + stderr))
        throw new Error(stdout + stderr);
    }),
  },
];
