import { expect, test } from 'vitest';
import { MissingImageError, withImages } from '../../../src/compile/webui/index.ts';
import { chain, compiled, only } from './webui-fixtures.ts';

const base = { txt2img_enabled: true, seed: 7 };
const redraw = { img2img_enabled: true, input_image: 'photo.png' };

test('an image goes where the request says, and the request stays as it is', () => {
  const [, img2img, upscale] = compiled(chain, { target: 'a1111' });
  if (img2img === undefined || upscale === undefined) throw new Error('The chain has three stages and more.');
  expect(withImages(img2img, { image: 'AAA' }).body.init_images).toEqual(['AAA']);
  expect(withImages(upscale, { image: 'AAA' }).body.image).toBe('AAA');
  expect(img2img.body).not.toHaveProperty('init_images');
});

test('a request that takes no image needs none', () => {
  const request = only(base, { target: 'a1111' });
  expect(withImages(request, {})).toEqual(request);
});

test('masks and images of backend options are filled in by their keys', () => {
  const webui = { alwayson_scripts: { ControlNet: { args: [{ image: { $image: 'pose' }, weight: 1 }] } } };
  const config = { ...redraw, img2img: { mask: { image: 'mask.png' }, backend_options: { webui } } };
  const request = only(config, { target: 'a1111' });
  const named = { 'mask.png': 'MMM', pose: 'PPP' };
  expect(withImages(request, { image: 'AAA', named }).body).toMatchObject({
    mask: 'MMM',
    alwayson_scripts: { ControlNet: { args: [{ image: 'PPP', weight: 1 }] } },
  });
});

test('an image that is not handed in is an error that names it', () => {
  const request = only({ ...redraw, img2img: { mask: { image: 'toString' } } }, { target: 'a1111' });
  const missing = (images: object) => {
    try {
      withImages(request, images);
    } catch (error) {
      if (error instanceof MissingImageError) return [error.request_id, error.field, error.key];
    }
    return [];
  };
  expect(missing({ image: 'AAA' })).toEqual(['1-img2img', 'mask', 'toString']);
  expect(missing({ named: { toString: 'MMM' } })).toEqual(['1-img2img', 'init_images', null]);
  expect(() => withImages(request, {})).toThrow('Hand in "toString", as named: 1-img2img needs it in mask.');
});
