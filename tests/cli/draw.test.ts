import { expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { plainLooks } from '../../src/cli/look.ts';
import { withSetup } from '../../src/cli/with-setup.ts';
import { buildStagePlan } from '../../src/index.ts';
import { drawSequence, MissingPackageError } from '../../visualizations/index.ts';
import { run } from './fake-io.ts';

const plan = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true });
const files = {
  'run.json': '{"txt2img_enabled":true}',
  'rejected.json': '{"adetailer_enabled":true}',
  'wrong.json': '{"steps":"many"}',
  'plan.json': JSON.stringify(plan),
};

test('without a file the bare sequence is drawn, as Mermaid', async () => {
  const { code, out, err } = await run(['draw']);
  expect({ code, out, err }).toEqual({
    code: 0,
    out: await drawSequence(sequences.canonical, 'mermaid'),
    err: '',
  });
});

test.each(['mermaid', 'dot', 'svg', 'json'] as const)(
  '--format %s --sequence draws that sequence',
  async (format) => {
    const { out } = await run(['draw', '--format', format, '--sequence', 'detail-before-upscale']);
    expect(out).toBe(await drawSequence(sequences['detail-before-upscale'], format));
  },
);

test('the way of a run is marked, on a terminal and in a pipe', async () => {
  const { code, out } = await run(['draw', 'run.json'], { files });
  expect(code).toBe(0);
  expect(out).toMatch(/class .*\btxt2img_base\b.* taken/);
  expect((await run(['draw', 'run.json'], { files, terminal: true })).out).toBe(out);
});

test('a run on standard input is drawn', async () => {
  const { out } = await run(['draw', '-'], { stdin: files['run.json'] });
  expect(out).toMatch(/class .*\btxt2img_base\b.* taken/);
});

test('a rejected run is drawn, complained of, and exits 1', async () => {
  const { code, out, err } = await run(['draw', 'rejected.json'], { files });
  expect(code).toBe(1);
  expect(out).toContain('class adetailer,complete untried');
  expect(out).toContain('accTitle: rejected.json');
  expect(out).toContain('class start ended');
  expect(err).toContain('adetailer needs txt2img or img2img before it, which give it an image.');
});

test('a RunConfig that is not valid is not drawn', async () => {
  const { code, out, err } = await run(['draw', 'wrong.json'], { files });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('steps');
});

test('a plan is drawn in the sequence that it was built by', async () => {
  const other = buildStagePlan({ txt2img_enabled: true }, { sequence: sequences['detail-before-upscale'] });
  const { code, out } = await run(['draw', '-'], { stdin: JSON.stringify(other) });
  expect(code).toBe(0);
  expect(out).toContain('redrawnAdetailer');
  expect(out).toMatch(/class .*\bcomplete\b.* taken/);
});

test('a plan whose events break off is drawn up to there, complained of, and exits 1', async () => {
  const broken = { ...plan, events: ['stage.txt2img', 'pass.refiner', 'pass.refiner'] };
  const { code, out, err } = await run(['draw', '-'], { stdin: JSON.stringify(broken) });
  expect(code).toBe(1);
  expect(out).toContain('class txt2img_refined ended');
  expect(err).toBe(
    '✗ standard input is not a valid plan.\n  ✗ the refiner pass of txt2img cannot be followed by refiner.\n',
  );
});

test('a plan of a sequence that is not shipped cannot be used', async () => {
  const foreign = { ...plan, sequence: { ...plan.sequence, id: 'myOwn' } };
  const { code, err } = await run(['draw', '-'], { stdin: JSON.stringify(foreign) });
  expect(code).toBe(2);
  expect(err).toContain('It is a plan of the sequence myOwn, which stageplan does not have.');
});

test('an unknown format is wrong usage', async () => {
  expect(await run(['draw', '--format', 'png'])).toMatchObject({ code: 2, out: '' });
});

test('as JSON a run is in the machine that Stately Studio takes', async () => {
  const { out } = await run(['draw', 'rejected.json', '--format', 'json'], { files });
  const { meta, ...machine } = JSON.parse(out);
  expect(machine).toEqual(JSON.parse(await drawSequence(sequences.canonical, 'json')));
  expect(meta.journey).toMatchObject({
    title: 'rejected.json',
    legal: false,
    events: [],
    ended_in: 'start',
    refused: ['stage.adetailer'],
    untried: ['stage.adetailer', 'plan.finished'],
    marks: { start: ['taken', 'ended'] },
  });
});

test('a package that is not installed is one line on standard error, and exit code 2', async () => {
  const answer = await withSetup({ looks: plainLooks }, async () => {
    throw new MissingPackageError('@viz-js/viz', 'An SVG');
  });
  expect({ ...answer, complaint: answer.complaint?.() }).toMatchObject({
    code: 2,
    complaint: 'An SVG needs the package @viz-js/viz. Install it: npm install @viz-js/viz\n',
  });
});

test('any other fault is not taken for a missing package', async () => {
  const broken = async () => {
    throw new TypeError('broken');
  };
  await expect(withSetup({ looks: plainLooks }, broken)).rejects.toThrow(TypeError);
});
