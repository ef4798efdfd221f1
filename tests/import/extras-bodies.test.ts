import { describe, expect, test } from 'vitest';
import { png, textChunk } from './image-files.ts';
import { lossy, noted, onlyRun } from './only-run.ts';

const body = {
  image: 'aGVsbG8=',
  upscaling_resize: 3,
  upscaler_1: 'R-ESRGAN 4x+',
  upscaler_2: 'None',
  gfpgan_visibility: 0.5,
};

describe('a body of extra-single-image', () => {
  test('is an upscale alone', () => {
    const run = onlyRun(body);
    expect(run).toMatchObject({
      writer: 'WebUI request',
      config: {
        txt2img_enabled: false,
        upscale_enabled: true,
        upscale: { upscaler: 'R-ESRGAN 4x+', upscale_factor: 3, gfpgan_visibility: 0.5 },
      },
    });
    expect(lossy(run)).toEqual(['image']);
  });

  test('goes to a size where its mode says so', () => {
    const sized = {
      ...body,
      resize_mode: 1,
      upscaling_resize_w: 1000,
      upscaling_resize_h: 1500,
      upscaling_crop: false,
    };
    const run = onlyRun(sized);
    expect(run.config.upscale).toMatchObject({ resize_to: { width: 1000, height: 1496 } });
    expect(lossy(run)).toEqual(['upscaling_crop', 'image']);
    expect(noted(run, 'ignored')).toContain('upscaling_resize');
  });

  test('takes the sizes that the server has where none is stated', () => {
    expect(onlyRun({ ...body, resize_mode: 1 }).config.upscale.resize_to).toEqual({
      width: 512,
      height: 512,
    });
  });

  test('refuses a size that is none', () => {
    expect(() => onlyRun({ ...body, resize_mode: 1, upscaling_resize_w: 'wide' })).toThrow('resize_to');
  });

  test('says that a second upscaler is lost', () => {
    expect(lossy(onlyRun({ ...body, upscaler_2: 'Lanczos', extras_upscaler_2_visibility: 0.5 }))).toEqual([
      'upscaler_2',
      'extras_upscaler_2_visibility',
      'image',
    ]);
  });

  test.each([
    ['a body without an upscaler', { ...body, upscaler_1: 'None' }],
    ['the Extras tab', png(textChunk('postprocessing', 'GFPGAN visibility: 0.5'))],
  ])('%s mends faces and enlarges nothing', (_what, input) => {
    const { config, notes } = onlyRun(input);
    expect(config.upscale).toMatchObject({ upscale_factor: 1, upscaler: 'Lanczos', gfpgan_visibility: 0.5 });
    expect(notes.some(({ message }) => message.includes('mends faces alone'))).toBe(true);
  });
});
