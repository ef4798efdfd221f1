import { describe, expect, test } from 'vitest';
import { checkWebuiResponse, webuiImages } from '../../../src/compile/webui/index.ts';
import { jpeg, png, webp } from './images.ts';
import { chain, compiled, model, only } from './webui-fixtures.ts';

const base = { txt2img_enabled: true, model, seed: 7, batch_size: 2 };
const refiner = { refiner_enabled: true, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };
const request = only({ ...base, ...refiner, hires_enabled: true }, { target: 'a1111' });
const [, , upscale, adetailer] = compiled(chain, { target: 'a1111' });

const info = {
  sd_model_name: 'sd_xl_base_1.0',
  sd_model_hash: '31e35c80fc',
  sampler_name: 'DPM++ 2M',
  index_of_first_image: 0,
  extra_generation_params: { Refiner: 'x', 'Hires refiner': 'first pass', 'Hires upscale': 2 },
};
const right = { images: [png(1024, 1024), png(1024, 1024)], info };

function answer(changes: { images?: unknown; info?: unknown }) {
  return { images: changes.images ?? right.images, info: JSON.stringify(changes.info ?? info) };
}

function problems(response: unknown, of = request) {
  return checkWebuiResponse(of, response).map(({ code, expected, found }) => [code, expected, found]);
}

describe('an answer', () => {
  test('that shows what was asked has no problems, whether info is read already or not', () => {
    expect(problems(answer({}))).toEqual([]);
    expect(problems(right)).toEqual([]);
    expect(problems(answer({ info: { ...info, sd_model_name: 'renamed' } }))).toEqual([
      ['other_model', model, 'renamed'],
    ]);
  });

  test.each([
    ['without images', { images: [] }, 'no_images'],
    ['with an image too few', { images: [png(1024, 1024)] }, 'image_count'],
    ['with a picture of another size', { images: [png(512, 512), png(1024, 1024)] }, 'other_size'],
    ['with a picture that is cut off', { images: ['/9j/4AAQ', png(1024, 1024)] }, 'unread_image'],
    ['with a picture that is none', { images: ['?', png(1024, 1024)] }, 'unread_image'],
    ['of another checkpoint', { info: { ...info, sd_model_name: 'v1-5' } }, 'other_model'],
    ['of another sampler', { info: { ...info, sampler_name: 'Euler' } }, 'other_sampler'],
    [
      'whose refiner never took over',
      { info: { ...info, extra_generation_params: { 'Hires refiner': 'first pass', 'Hires upscale': 2 } } },
      'not_done',
    ],
    [
      'whose refiner worked in the other pass',
      { info: { ...info, extra_generation_params: { Refiner: 'x', 'Hires resize': '1024x1024' } } },
      'not_done',
    ],
  ])('%s is told', (_what, changes, code) => {
    expect(problems(answer(changes)).map(([found]) => found)).toEqual([code]);
  });

  test('of a checkpoint that is named by its hash, its folder or with both is that of the checkpoint', () => {
    for (const name of ['xl/sd_xl_base_1.0.safetensors', 'sd_xl_base_1.0 [31e35c80fc]', '31e35c80fc'])
      expect(
        problems(right, only({ ...base, ...refiner, model: name, hires_enabled: true }, { target: 'a1111' })),
      ).toEqual([]);
    expect(problems({ ...right, info: { ...info, sd_model_name: 'x', sd_model_hash: '' } })[0]?.[0]).toBe(
      'other_model',
    );
  });

  test('without info is told where something in it is looked for', () => {
    for (const broken of [undefined, 1, '{', '[]'])
      expect(problems({ images: right.images, info: broken }).map(([code]) => code)).toEqual(['unread_info']);
  });

  test('that is nothing of the kind has no images', () => {
    for (const response of [null, 'x', { image: '' }, {}])
      expect(problems(response).map(([code]) => code)).toEqual(['no_images']);
  });

  test('begins with a grid where the server made one', () => {
    const gridded = answer({ images: ['GRID', ...right.images], info: { ...info, index_of_first_image: 1 } });
    expect(webuiImages(request, gridded)).toEqual(right.images);
    expect(problems(gridded)).toEqual([]);
  });

  test('says that the refiner worked where only the second pass was asked', () => {
    const second = only(
      { ...base, ...refiner, hires_enabled: true, refiner_pass: 'second' },
      { target: 'a1111' },
    );
    expect(problems(right, second)).toEqual([['done_elsewhere', 'no Hires refiner', 'first pass']]);
    const { 'Hires refiner': _pass, ...params } = info.extra_generation_params;
    expect(problems(answer({ info: { ...info, extra_generation_params: params } }), second)).toEqual([]);
  });
});

test.each([
  ['PNG', png],
  ['JPEG', jpeg],
  ['JPEG with much about it', (width: number, height: number) => jpeg(width, height, 60_000)],
  ['WebP', webp],
])('the size of a %s is read', (_format, picture) => {
  expect(problems({ image: picture(1024, 1024) }, upscale)).toEqual([]);
  expect(problems({ image: picture(512, 1024) }, upscale)).toEqual([
    ['other_size', '1024 x 1024', '512 x 1024'],
  ]);
});

describe('an answer of SD.Next', () => {
  const request = only({ ...base, model: 'xl/a, b.safetensors', batch_size: 1 }, { target: 'sdnext' });
  const said = (infotext: unknown, sampler_name = 'DPM++ 2M') =>
    problems(
      { images: [png(512, 512)], info: JSON.stringify({ sampler_name, infotexts: infotext }) },
      request,
    );

  test('shows its checkpoint in the infotext, without the signs that part its fields', () => {
    expect(said(['a fox, Model: z\nNegative prompt: \nSteps: 20, Model: a b, Model hash: 1'])).toEqual([]);
    expect(said(['a fox\nModel: other'])).toEqual([['other_model', 'xl/a, b.safetensors', 'other']]);
  });

  test('whose infotext says no checkpoint shows nothing', () => {
    for (const infotext of [undefined, [], ['Steps: 20, Version: 1'], 'Model: other'])
      expect(said(infotext)).toEqual([]);
  });

  test('of another sampler is told', () => {
    expect(said([], 'Default')).toEqual([['other_sampler', 'DPM++ 2M', 'Default']]);
  });
});

test('an upscale that enlarged nothing is told by the size of its picture', () => {
  expect(problems({ image: png(512, 512) }, upscale)).toEqual([['other_size', '1024 x 1024', '512 x 512']]);
  expect(problems({ image: `data:image/png;base64,${png(1024, 1024)}` }, upscale)).toEqual([]);
});

test('a detector whose tab was passed over is told', () => {
  const done = {
    sd_model_name: 'sd_xl_base_1.0',
    extra_generation_params: { 'ADetailer model': 'face_yolov8n.pt' },
  };
  const images = [png(1024, 1024)];
  expect(problems({ images, info: done }, adetailer)).toEqual([]);
  const skipped = { ...done, extra_generation_params: undefined };
  expect(checkWebuiResponse(adetailer ?? request, { images, info: skipped })).toMatchObject([
    {
      code: 'not_done',
      message: 'The answer to 4-adetailer should show ADetailer model of face_yolov8n.pt, but shows none.',
    },
  ]);
});
