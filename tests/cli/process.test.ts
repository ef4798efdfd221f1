import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';

/** Runs the built command as a process of its own. */
function stageplan(argv: readonly string[], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['dist/src/cli/main.js', ...argv],
      { maxBuffer: 2 ** 28 },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
    child.stdin?.on('error', () => {}).end(stdin);
  });
}

describe('as a real process', () => {
  test('the full chain is planned in its order', async () => {
    const { code, out } = await stageplan(['build', 'examples/full-chain.json', '--json']);
    expect(code).toBe(0);
    const stages: readonly { stage_type: string }[] = JSON.parse(out).stages;
    expect(stages.map((stage) => stage.stage_type)).toEqual(['txt2img', 'img2img', 'upscale', 'adetailer']);
  });

  test('ADetailer alone on standard input exits 1, names the stage and offers both generations', async () => {
    const { code, err } = await stageplan(['build', '-'], '{"adetailer_enabled":true}');
    expect(code).toBe(1);
    expect(err).toContain('adetailer needs txt2img or img2img before it, which give it an image.');
    expect(err).toContain('turn txt2img_enabled on');
    expect(err).toContain('turn img2img_enabled on');
    expect(err).toContain('--standalone-adetailer');
  });

  test('txt2img with refiner and hires fix is one stage with both', async () => {
    const stdin =
      '{"txt2img_enabled":true,"hires_enabled":true,"refiner_enabled":true,"refiner_model_name":"r"}';
    const { stages } = JSON.parse((await stageplan(['build', '-'], stdin)).out);
    expect(stages).toMatchObject([
      { stage_config: { refiner_enabled: true, refiner_model_name: 'r', hires_enabled: true } },
    ]);
    expect(stages).toHaveLength(1);
  });

  test.each([
    [['build', 'examples/rejected.json'], '', 1],
    [['build'], '{"steps":0}', 1],
    [['build', '-'], '{"steps":1,}', 2],
    [['build', 'examples'], '', 1],
    [['build', 'examples/missing.json'], '', 2],
    [['build', '--nonsense'], '', 2],
    [['-v'], '', 0],
  ])('%j exits as it must', async (argv, stdin, code) => {
    expect((await stageplan(argv, stdin)).code).toBe(code);
  });

  test.skipIf(process.platform === 'win32')('the build leaves a program that anyone may run', () => {
    expect(statSync('dist/src/cli/main.js').mode & 0o777).toBe(0o755);
    expect(execFileSync('dist/src/cli/main.js', ['orders'], { encoding: 'utf8' })).toContain('stage.txt2img');
  });

  test('a reader that closes the pipe early is no error', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" dist/src/cli/main.js orders --json | head -n 1`]);
    const errors: string[] = [];
    child.stderr.on('data', (text) => errors.push(String(text)));
    await new Promise((resolve) => child.on('close', resolve));
    expect(errors.join('')).toBe('');
  });

  /** What a shell says of a command: its exit code, and what it prints. */
  function shell(script: string): Promise<string> {
    const command = script.replaceAll('stageplan', `"${process.execPath}" dist/src/cli/main.js`);
    return new Promise((resolve) => {
      execFile('bash', ['-c', command], (_error, stdout) => resolve(stdout.trim()));
    });
  }

  test.skipIf(process.platform !== 'linux')('a full disk is one line and exit 2, never a stack', async () => {
    expect(await shell('{ stageplan build examples/full-chain.json > /dev/full; } 2>&1; echo $?')).toBe(
      'Standard output cannot be written: the disk is full.\n2',
    );
  });

  test.skipIf(process.platform === 'win32')('colour and width are asked for in a pipe', async () => {
    const script = 'FORCE_COLOR=1 COLUMNS=40 stageplan explain --table < examples/rejected.json | cat';
    const shown = (await shell(script)).split('\n');
    expect(shown[0]).toBe('\u001b[1m\u001b[31m✗\u001b[39m standard input has no plan.\u001b[22m');
    expect(shown.map(stripVTControlCharacters).filter((line) => line.length > 40)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a closed standard error loses no plan', async () => {
    const script =
      'stageplan build --json --compact examples/rejected.json examples/txt2img.json 2>&- ; echo $?';
    const [refused, plan, code] = (await shell(script)).split('\n');
    expect([JSON.parse(refused ?? '').error.name, JSON.parse(plan ?? '').plan.format_version, code]).toEqual([
      'InvalidStagePlanError',
      '2.0',
      '1',
    ]);
  });

  test.skipIf(process.platform === 'win32')(
    'a signal ends it behind a whole line, also where nothing is read before it has ended',
    async () => {
      const child = spawn(process.execPath, ['dist/src/cli/main.js', 'build', '--ndjson']);
      const line = JSON.stringify({ txt2img_enabled: true, metadata: { pad: 'x'.repeat(1_000_000) } });
      child.stdin.on('error', () => {});
      child.stdin.write(`${line}\n`.repeat(4));
      await new Promise((resolve) => child.stdout.once('readable', resolve));
      child.kill('SIGTERM');
      expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143);
      let text = '';
      for await (const chunk of child.stdout) text += String(chunk);
      expect(text.endsWith('}\n')).toBe(true);
      expect(text.trim().split('\n').length).toBeLessThan(4);
    },
  );

  test.skipIf(process.platform === 'win32')('a signal ends a long count for a file at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stageplan-'));
    const argv = ['sweep', '-', '--axis', 'seed=1..1000000', '--dry-run', '-o', join(folder, 'count.json')];
    const child = spawn(process.execPath, ['dist/src/cli/main.js', ...argv]);
    child.stdin.end('{"txt2img_enabled":true}');
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    // The test is right at whatever time the signal comes, and strict where the count has begun.
    setTimeout(() => child.kill('SIGTERM'), 600);
    expect(await ended).toBe('SIGTERM');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('two threads print what one prints, in its order', async () => {
    const lines = Array.from({ length: 600 }, (_, seed) =>
      seed % 7 === 3 ? `{"seed":${seed}` : `{"txt2img_enabled":true,"seed":${seed}}`,
    );
    const stdin = lines.join('\n');
    const [one, two] = await Promise.all(
      ['1', '2'].map((jobs) => stageplan(['build', '--ndjson', '--jobs', jobs, '--fields', 'stages'], stdin)),
    );
    expect(two).toEqual(one);
    expect(one?.out.split('\n')).toHaveLength(601);
  });

  test('30,000 lines of NDJSON come out as 30,000 plans, in order, in memory that does not grow with them', async () => {
    const lines = 30_000;
    const script = `yes '{"txt2img_enabled":true}' | head -n ${lines} | "${process.execPath}" --max-old-space-size=48 dist/src/cli/main.js build --ndjson | wc -l`;
    const out = await new Promise((resolve) =>
      execFile('sh', ['-c', script], (_error, stdout) => resolve(stdout)),
    );
    expect(Number(out)).toBe(lines);
  });
});
