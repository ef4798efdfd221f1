import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildStagePlan, planFingerprint, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';

const chain: RunConfigInput = {
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
};
const png = `iVBORw0KGgo${'A'.repeat(80)}`;

function bytesOf(text: string): readonly number[] {
  return [...Buffer.from(text)];
}

function problemsOf(backend_options: unknown) {
  const result = safeBuildStagePlan({ ...chain, backend_options });
  return !result.success && 'problems' in result.error ? result.error.problems : [];
}

describe('options for a backend', () => {
  test('are carried into the stage that they are for, and into no other', () => {
    const webui = (key: string) => ({ webui: { [key]: [1, { nested: true }] } });
    const { stages } = buildStagePlan({
      ...chain,
      backend_options: webui('a'),
      img2img: { backend_options: webui('b') },
      upscale: { backend_options: webui('c') },
      adetailer_backend_options: { ...webui('d'), comfyui: { '4': { seed_mode: 'fixed' } } },
    });
    expect(stages.map(({ stage_config }) => stage_config.backend_options)).toEqual([
      webui('a'),
      webui('b'),
      webui('c'),
      { ...webui('d'), comfyui: { '4': { seed_mode: 'fixed' } } },
    ]);
  });

  test.each([[{ webui: { tiling: true } }], [{ comfyui: { '4': { seed_mode: 'fixed' } } }], [{}]])(
    'have no key for another backend: %j',
    (backend_options) => {
      const [stage] = buildStagePlan({ ...chain, backend_options }).stages;
      expect(stage?.stage_config.backend_options).toStrictEqual(backend_options);
    },
  );

  test('are empty where nothing is stated', () => {
    for (const { stage_config } of buildStagePlan(chain).stages)
      expect(stage_config.backend_options).toEqual({});
  });

  test('count in the fingerprint', () => {
    const of = (eta: number) =>
      planFingerprint(buildStagePlan({ ...chain, backend_options: { webui: { eta } } }));
    expect(of(0)).not.toBe(of(0.5));
  });

  test("are a frozen copy: the caller's own stay as they are", () => {
    const styles = ['film'];
    const [stage] = buildStagePlan({ ...chain, backend_options: { webui: { styles } } }).stages;
    expect(stage?.stage_config.backend_options.webui?.styles).toEqual(['film']);
    expect(Object.isFrozen(stage?.stage_config.backend_options.webui?.styles)).toBe(true);
    expect(Object.isFrozen(styles)).toBe(false);
  });

  test.each([
    [{ forge: {} }, ['backend_options', 'forge'], 'unknown_key'],
    [{ webui: null }, ['backend_options', 'webui'], 'not_allowed'],
    [{ webui: { at: new Date(0) } }, ['backend_options', 'webui'], 'not_allowed'],
    [{ webui: { units: [{ image: png }] } }, ['backend_options', 'webui'], 'not_allowed'],
    [{ comfyui: { a: `data:image/png;base64,${png}` } }, ['backend_options', 'comfyui'], 'not_allowed'],
    [{ webui: { image: { $image: png } } }, ['backend_options', 'webui'], 'not_allowed'],
    [{ webui: { image: { $image: ' ' } } }, ['backend_options', 'webui'], 'not_allowed'],
    [{ webui: { image: { $image: '' } } }, ['backend_options', 'webui'], 'not_allowed'],
    [{ webui: { image: { $image: 'pose', more: 1 } } }, ['backend_options', 'webui'], 'not_allowed'],
  ])('%j are refused at their path', (backend_options, path, code) => {
    expect(problemsOf(backend_options)).toMatchObject([{ path, code }]);
  });

  const formats = {
    png: [137, 80, 78, 71, 13, 10, 26, 10],
    jpeg: [255, 216, 255, 224],
    webp: bytesOf('RIFF'),
    gif: bytesOf('GIF89a'),
    bmp: bytesOf('BM'),
    tiff: [...bytesOf('II*'), 0],
    'big-endian tiff': [...bytesOf('MM'), 0, 42],
    avif: [0, 0, 0, 32, ...bytesOf('ftypavif')],
    heic: [0, 0, 0, 24, ...bytesOf('ftypheic')],
  };

  test.each(Object.entries(formats))('hold no %s, however it is written', (_, magic) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 60 }), (rest) => {
        const bytes = Buffer.from([...magic, ...rest]);
        const base64 = bytes.toString('base64');
        const spellings = [
          base64,
          ` \n${base64}`,
          base64.replace(/.{16}/g, '$&\n'),
          bytes.toString('base64url'),
          `data:image/x;base64,${base64}`,
          `DATA:IMAGE/x;base64,${base64}`,
          ` data:application/octet-stream;base64,${base64}`,
          [...bytes],
          { type: 'Buffer', data: [...bytes] },
          { $image: base64 },
        ];
        for (const image of spellings)
          expect(problemsOf({ webui: { image } })).toMatchObject([{ path: ['backend_options', 'webui'] }]);
      }),
      { numRuns: 20 },
    );
  });

  test('hold no data URI of an image, however short', () => {
    expect(problemsOf({ webui: { image: 'data:image/gif,' } })).toHaveLength(1);
  });

  test('hold no image among other values, and are told what to write in its place', () => {
    expect(problemsOf({ webui: { images: ['pose', png] } })).toMatchObject([
      { message: expect.stringContaining('must hold no image: write { "$image": "key" } in its place') },
    ]);
  });

  test.each([
    { webui: { note: 'data: as it came from the caller, which is a long sentence and no image at all' } },
    { webui: { words: ['Qk0', 'UklGR', 'iVBORw0KGgo', 'Quick brown foxes jump over the lazy dog'] } },
    { webui: { weights: Array.from({ length: 40 }, (_, index) => index / 2) } },
    { webui: { indexes: Array.from({ length: 40 }, (_, index) => index) } },
    { webui: { units: [{ image: { $image: 'pose' }, weight: 0.5, module: null, on: true }] } },
    { webui: { note: 'data:' }, comfyui: {} },
    { webui: { text: 'x'.repeat(500) } },
    { webui: { note: `it begins with ${png}` } },
    { webui: { note: 'it begins with data:image/png;base64,' } },
    { webui: { tooShort: [...formats.png, ...Array(15).fill(0)] } },
    { webui: { noBytes: [...formats.png, 300, ...Array(15).fill(0)] } },
    { webui: { digits: [...formats.png, ...Array(24).fill(0)].map(String) } },
    { webui: { mask: Array(200_000).fill(0) } },
  ])('are taken where they hold none: a key stands for an image', (backend_options) => {
    expect(problemsOf(backend_options)).toEqual([]);
  });
});
