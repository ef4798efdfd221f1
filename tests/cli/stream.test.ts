import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerFiles } from '../../src/cli/answer.ts';
import { batchAnswerer } from '../../src/cli/batch-answers.ts';
import { fieldProblems, schemaLike } from '../../src/cli/check-printed-fields.ts';
import { inOrder } from '../../src/cli/in-order.ts';
import type { Io } from '../../src/cli/io.ts';
import { type LineBatch, lineBatches } from '../../src/cli/ndjson.ts';
import { gathered } from '../../src/cli/print-batches.ts';
import { sayProgress } from '../../src/cli/progress.ts';
import { buildStagePlan } from '../../src/planner/build-stage-plan.ts';
import { MissingPackageError } from '../../src/require-package.ts';
import { run } from './fake-io.ts';

const encoder = new TextEncoder();

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function linesOf(out: string): readonly unknown[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('a stream', () => {
  test('is parted into its lines, in order and by their numbers, wherever its pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-zé]{0,5}$/), { maxLength: 400 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 900 })),
        fc.nat(420),
        async (lines, sizes, skipped) => {
          const bytes = encoder.encode(lines.map((line) => `${line}\n`).join(''));
          const pieces: Uint8Array[] = [];
          for (let start = 0; start < bytes.length; ) {
            const end = start + (sizes.next().value ?? 1);
            pieces.push(bytes.subarray(start, end));
            start = end;
          }
          const batches: LineBatch[] = [];
          for await (const batch of lineBatches(piecesOf(pieces), skipped)) batches.push(batch);
          const numbered = batches.flatMap(({ line, bytes }) =>
            new TextDecoder()
              .decode(bytes ?? undefined)
              .split('\n')
              .map((text, index) => [line + index, text]),
          );
          expect(numbered).toEqual(lines.map((line, index) => [index + 1, line]).slice(skipped));
          for (const { bytes } of batches)
            expect(bytes?.filter((byte) => byte === 10).length).toBeLessThan(256);
          if (skipped < lines.length) expect(batches.at(-1)?.position).toBe(bytes.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('keeps a line of 16 MiB and what comes with its end, and leaves out a longer one alone', async () => {
    const limit = 16 * 1024 * 1024;
    for (const missing of [1, 0]) {
      const pieces = [new Uint8Array(limit - missing), encoder.encode('x\nab\ncd\n')];
      const batches: LineBatch[] = [];
      for await (const batch of lineBatches(piecesOf(pieces), 0)) batches.push(batch);
      expect(batches.map(({ line, bytes }) => [line, bytes?.length])).toEqual([
        [1, missing === 1 ? limit : undefined],
        [2, 'ab\ncd'.length],
      ]);
    }
  });

  test('is answered line by line where each line waits for the answer to the one before', async () => {
    const answered: string[] = [];
    let wake = () => {};
    const stdin = (async function* () {
      for (const seed of [1, 2, 3]) {
        yield encoder.encode(`{"txt2img_enabled":true,"seed":${seed}}\n`);
        while (answered.length < seed)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    })();
    const onOut = (text: string) => {
      answered.push(text);
      wake();
    };
    await run(['build', '--ndjson'], { stdin, onOut });
    expect(answered).toHaveLength(3);
  });

  test('is written in few pieces where it comes in few', async () => {
    const stdin = piecesOf([encoder.encode('{"txt2img_enabled":true}\n'.repeat(300))]);
    const texts: string[] = [];
    await run(['build', '--ndjson'], { stdin, onOut: (text) => texts.push(text) });
    expect(texts.map((text) => text.split('\n').length - 1)).toEqual([256, 44]);
  });

  test('goes on behind the lines that are done, with their numbers counted', async () => {
    const stdin = '{bad\n{"txt2img_enabled":true}\n{bad\n{"img2img_enabled":true}\n';
    const { code, out } = await run(['build', '--ndjson', '--resume-after', '2'], { stdin });
    expect([code, linesOf(out)]).toMatchObject([2, [{ line: 3 }, { stages: [{ stage_type: 'img2img' }] }]]);
    expect(await run(['build', '--ndjson', '--resume-after', '4'], { stdin })).toMatchObject({
      code: 0,
      out: '',
    });
  });

  test('one line that is no UTF-8 spoils no other, and each may have a byte order mark', async () => {
    const run1 = encoder.encode('\ufeff{"txt2img_enabled":true}\n');
    const good = await run(['build', '--ndjson'], { stdin: piecesOf([Buffer.concat([run1, run1])]) });
    expect(good.code).toBe(0);
    const { out } = await run(['build', '--ndjson'], {
      stdin: piecesOf([Buffer.concat([run1, Buffer.from([0x22, 0xe9, 0x22, 10]), run1])]),
    });
    expect(linesOf(out)).toMatchObject([
      { format_version: '2.0' },
      { line: 2, error: { message: 'It is not UTF-8 text. Save it as UTF-8.' } },
      { format_version: '2.0' },
    ]);
  });
});

describe('every command that streams', () => {
  const good = { txt2img_enabled: true, model: 'm.safetensors', prompt: 'a lighthouse', seed: 5 };
  const plan = buildStagePlan(good);
  const infotext = 'a lighthouse\nSteps: 20, Sampler: Euler a, Seed: 5, Size: 512x512';

  test.each([
    ['build', [], good, {}, 'stages.stage_type'],
    ['explain', [], good, { adetailer_enabled: true }, 'sequence_id'],
    ['verify', [], plan, { ...plan, format_version: '9' }, 'fingerprint'],
    ['compile', ['--to', 'a1111'], good, { ...plan, events: [] }, 'path'],
    ['compile', ['--to', 'comfyui'], plan, {}, 'prompt'],
    ['import', [], infotext, {}, 'config'],
  ])(
    '%s %j says of a line what it says of a file, and numbers what it rejects',
    async (verb, flags, taken, refused, field) => {
      const argv = [verb, ...flags];
      const files = { x: typeof taken === 'string' ? taken : JSON.stringify(taken) };
      const alone = JSON.parse((await run([...argv, 'x', '--json'], { files })).out);
      const stdin = [taken, refused, taken].map((each) => `${JSON.stringify(each)}\n`).join('');
      const { code, out, err } = await run([...argv, '--ndjson'], { stdin });
      expect([code === 0, err]).toEqual([false, '']);
      const [first, second, third] = linesOf(out);
      expect([first, third]).toEqual([alone, alone]);
      expect(second).toHaveProperty('line', 2);
      const picked = await run([...argv, '--ndjson', '--fields', field], {
        stdin: `${JSON.stringify(taken)}\n`,
      });
      const [document] = [JSON.parse(picked.out)].flat();
      expect(Object.keys(document)).toEqual([field.split('.')[0]]);
      expect(await run([...argv, '--ndjson', '--fields', 'nothing_at_all'])).toEqual({
        code: 2,
        out: '',
        err: 'error: nothing_at_all is no field of what is printed\n',
      });
    },
  );

  test.each(['build', 'explain', 'verify', 'compile --to a1111'])(
    '%s reads files or a stream, and one of them',
    async (verb) => {
      const argv = verb.split(' ');
      expect((await run(argv)).err).toContain('error: ');
      expect((await run([...argv, '--ndjson', 'a.json'])).err).toContain(
        'reads standard input and takes no files',
      );
    },
  );

  test('of several files each document says whose it is, and a plan stays as it is', async () => {
    const files = {
      'a.json': JSON.stringify(good),
      'b.json': '{}',
      'p.json': JSON.stringify(plan),
      'i.txt': infotext,
    };
    const told = async (...argv: readonly string[]) =>
      linesOf((await run([...argv, '--compact'], { files })).out);
    expect(await told('build', 'a.json', 'b.json')).toMatchObject([
      { file: 'a.json', plan: JSON.parse(JSON.stringify(plan)) },
      { file: 'b.json', error: {} },
    ]);
    expect(await told('build', 'a.json')).toEqual([JSON.parse(JSON.stringify(plan))]);
    expect(await told('explain', 'a.json', 'b.json')).toMatchObject([
      { file: 'a.json', legal: true },
      { file: 'b.json', legal: false },
    ]);
    expect(await told('verify', 'p.json', 'b.json')).toMatchObject([
      { file: 'p.json', valid: true },
      { file: 'b.json', valid: false },
    ]);
    expect(await told('import', 'i.txt', 'b.json')).toMatchObject([
      { file: 'i.txt', config: {} },
      { file: 'b.json' },
    ]);
  });
});

test('answers keep the order of their inputs, at most so many are worked on, and none waits for the next input', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(4), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (delays, most) => {
        let working = 0;
        let highest = 0;
        const inputs = (async function* () {
          yield* delays.entries();
        })();
        const given: number[] = [];
        for await (const [[index], answer] of inOrder(inputs, most, async ([index, delay]) => {
          working += 1;
          highest = Math.max(highest, working);
          for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
          working -= 1;
          return -index;
        })) {
          expect(answer).toBe(-index);
          given.push(index);
        }
        expect(given).toEqual([...delays.keys()]);
        expect(highest).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 40 },
  );
  const idle = inOrder(
    (async function* () {
      yield 1;
      await new Promise(() => {});
    })(),
    4,
    (input) => input,
  );
  expect((await idle.next()).value).toEqual([1, 1]);
  await idle.return(undefined);
});

test('an error while many are answered comes out, and leaves none behind that nobody hears', async () => {
  const broken = inOrder(piecesOf([encoder.encode('a'), encoder.encode('b')]), 3, async () => {
    throw new Error('a bug');
  });
  await expect(broken.next()).rejects.toThrow('a bug');
});

describe('--fields', () => {
  const run2 = '{"txt2img_enabled":true,"upscale_enabled":true,"seed":5,"metadata":{"take":1}}\n';
  const picked = async (fields: string) =>
    JSON.parse((await run(['build', '--ndjson', '--fields', fields], { stdin: run2 })).out);

  test.each([
    [
      'events, sequence.id',
      { events: ['stage.txt2img', 'stage.upscale', 'plan.finished'], sequence: { id: 'canonicalSequence' } },
    ],
    ['stages.stage_type', { stages: [{ stage_type: 'txt2img' }, { stage_type: 'upscale' }] }],
    ['stages.1.stage_type', { stages: [null, { stage_type: 'upscale' }] }],
    [
      'stages.0.stage_type,stages.images_out',
      { stages: [{ images_out: 1, stage_type: 'txt2img' }, { images_out: 1 }] },
    ],
    [
      'stages.stage_config.upscale_factor',
      { stages: [{ stage_config: {} }, { stage_config: { upscale_factor: 2 } }] },
    ],
    [
      'stages.stage_config.redraw.steps',
      { stages: [{ stage_config: {} }, { stage_config: { redraw: null } }] },
    ],
    ['events.0', { events: ['stage.txt2img'] }],
    [
      'stages.0,stages.0.id,events',
      expect.objectContaining({ stages: [expect.objectContaining({ order_index: 0 })] }),
    ],
    ['metadata.take,metadata.other', { metadata: { take: 1 } }],
  ])('%s', async (fields, expected) => {
    expect(await picked(fields)).toEqual(expected);
  });

  test('what is rejected is printed whole', async () => {
    const { out } = await run(['build', '--ndjson', '--fields', 'events'], { stdin: '{}\n' });
    expect(JSON.parse(out)).toMatchObject({ line: 1, error: { name: 'InvalidStagePlanError' } });
  });

  test.each([
    ['stage', 'stages'],
    ['stages.stagetype', 'stages.stage_type'],
    ['seed', 'stages.stage_config.seed'],
    ['stages.0.stage_type.x', undefined],
    ['constructor', undefined],
  ])('%s is no field of a plan', async (field, meant) => {
    const { code, out, err } = await run(['build', '--ndjson', '--fields', `events,${field}`]);
    const said = meant === undefined ? '' : `: did you mean ${meant}?`;
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: `error: ${field} is no field of what is printed${said}\n`,
    });
  });
});

test.each([
  [['--ndjson', '--table'], "option '--ndjson' cannot be used with option '--table'"],
  [['--ndjson', '--import', 'x'], "option '--import <file>' cannot be used with option '--ndjson'"],
  [['--import', 'x', '--jobs', '2'], '--jobs goes with --ndjson'],
  [['--jobs', '2'], '--jobs goes with --ndjson'],
  [['--resume-after', '2'], '--resume-after goes with --ndjson'],
  [['--fields', 'events'], '--fields goes with --ndjson'],
  [['--ndjson', '--jobs', '0'], 'It must be a whole number from 1 to 256.'],
  [['--ndjson', '--resume-after', '1.5'], 'It must be a whole number from 0 to'],
  [['--ndjson', '--fields', 'a,,b'], 'It must be names with commas between'],
])('build - %j is wrong usage', async (flags, message) => {
  const { code, err } = await run(['build', '-', ...flags]);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test('the names of a backend are read before the first line', async () => {
  const argv = ['compile', '--to', 'a1111', '--ndjson', '--names'];
  expect(await run([...argv, 'none.json'], { stdin: '{}' })).toEqual({
    code: 2,
    out: expect.stringMatching(/^{"file":"none.json","error":/),
    err: '✗ none.json cannot be used.\n  ✗ There is no such file.\n',
  });
  const files = { 'names.json': '{"loras":{}}' };
  expect((await run([...argv, 'names.json'], { files, stdin: '{}' })).code).toBe(1);
});

test('a field may be inside what nobody knows, and not inside what may not be', () => {
  const schema = { properties: { open: {}, closed: false as const } };
  expect(fieldProblems(['open.x', 'closed.x'], schema)).toEqual(['closed.x is no field of what is printed']);
  expect(fieldProblems(['x'], schemaLike([]))).toEqual([]);
});

test.each(['\u202e', '\u007f', '\u2028é', '\u001b'])(
  'a line shows %j as an escape, and means it',
  async (sign) => {
    const run_id = `a${sign}b`;
    const { out } = await run(['build', '--ndjson'], {
      stdin: `{"txt2img_enabled":true}\n${JSON.stringify({ txt2img_enabled: true, run_id })}`,
    });
    expect(out).not.toContain(sign.at(0));
    expect(JSON.parse(String(out.split('\n')[1])).run_id).toBe(run_id);
  },
);

describe('threads', () => {
  const stdin = '{"txt2img_enabled":true}\n{bad\n';

  test('answer what one answers, and are closed at the end', async () => {
    let open = 0;
    const threads: Io['threads'] = async (task, count) => {
      const answer = await batchAnswerer(task);
      open = count;
      return {
        answer: async (batch) => answer(batch),
        close: async () => {
          open = 0;
        },
      };
    };
    const one = await run(['build', '--ndjson'], { stdin });
    expect(await run(['build', '--ndjson', '--jobs', '3'], { stdin, threads })).toEqual(one);
    expect(open).toBe(0);
  });

  test('need a package, and without it one line says which', async () => {
    const threads = async () => {
      throw new MissingPackageError('piscina', '--jobs');
    };
    expect(await run(['build', '--ndjson', '--jobs', '2'], { stdin, threads })).toEqual({
      code: 2,
      out: '',
      err: '--jobs needs the package piscina. Install it: npm install piscina\n',
    });
  });
});

test('where no answers are, there is nothing to print', async () => {
  expect((await gathered([], 0).next()).done).toBe(true);
});

test('a table that nobody prints is not made', async () => {
  const io = {
    terminal: false,
    out: async () => {},
    err: async () => {},
    open: () => piecesOf([encoder.encode('{}')]),
  };
  const text = () => {
    throw new Error('made');
  };
  const answer = () => ({ code: 0, data: {}, text });
  // Of the outside world no more is touched than is here.
  const outside = io as unknown as Parameters<typeof answerFiles>[0];
  expect(await answerFiles(outside, ['a'], { json: true }, answer)).toBe(0);
  await expect(answerFiles(outside, ['a'], { table: true }, answer)).rejects.toThrow('made');
});

describe('progress', () => {
  test.each([
    [{ done: 12_000, rejected: 0, share: null }, 2, '12,000 done, 6,000 a second'],
    [{ done: 12_000, rejected: 3, share: 0.25 }, 2, '12,000 done, 3 rejected, 6,000 a second, 6 s left'],
    [{ done: 100, rejected: 0, share: 0.001 }, 1, '100 done, 100 a second, 17 min left'],
    [{ done: 100, rejected: 0, share: 1 }, 1, '100 done, 100 a second'],
  ])('%j', (progress, seconds, said) => {
    expect(sayProgress(progress, seconds)).toBe(said);
  });

  test('is shown where a terminal is free for it, now and then and at the end', async () => {
    const rewritten: string[] = [];
    const stdin = (async function* () {
      yield encoder.encode('{"txt2img_enabled":true}\n');
      await new Promise((resolve) => setTimeout(resolve, 260));
      yield encoder.encode('{}\n{}');
    })();
    const { err } = await run(['build', '--ndjson'], { stdin, stdinSize: 30, rewritten });
    expect(err).toBe('');
    expect(rewritten).toEqual([
      expect.stringMatching(/^2 done, 1 rejected, \d+ a second, 1 s left$/),
      expect.stringMatching(/^3 done, 2 rejected, \d+ a second\n$/),
    ]);
  });

  test.each([
    [{ terminal: true }, '{"txt2img_enabled":true}'],
    [{ terminal: false }, ''],
  ])('with %j and %j on standard input is none', async (outside, stdin) => {
    const rewritten: string[] = [];
    await run(['build', '--ndjson'], { ...outside, stdin, rewritten });
    expect(rewritten).toEqual([]);
  });

  test('is shown where plans go from a terminal to a file', async () => {
    const rewritten: string[] = [];
    const outside = { terminal: true, stdin: '{"txt2img_enabled":true}', saved: {} };
    await run(['build', '--ndjson', '-o', 'plans.ndjson'], { ...outside, rewritten });
    expect(rewritten).toEqual([expect.stringMatching(/^1 done, .* a second\n$/)]);
    expect(outside.saved).toHaveProperty(['plans.ndjson'], expect.stringContaining('"txt2img"'));
  });

  test('of files is counted by files, and of a sweep by combinations', async () => {
    const rewritten: string[] = [];
    const files = { a: '{}', b: '{}', s: '{"txt2img_enabled":true}' };
    await run(['import', 'a', 'b', '--ndjson'], { files, rewritten });
    await run(['sweep', 's', '--axis', 'steps=1,2,900'], { files, rewritten });
    expect(rewritten).toEqual([
      expect.stringMatching(/^2 done, 2 rejected, .* a second\n$/),
      expect.stringMatching(/^3 done, 1 rejected, .* a second\n$/),
    ]);
  });
});
