import { describe, expect, test } from 'vitest';
import { attemptImport, importImage, maxImageSize } from '../../src/import/index.ts';
import {
  asciiComment,
  avif,
  internationalTextChunk,
  join,
  jpeg,
  latin1,
  littleTiff,
  png,
  pngChunk,
  textChunk,
  unicodeComment,
  webp,
} from './image-files.ts';

const plain = 'a café\nSteps: 24, Sampler: Euler a, Size: 512x768';
const wide = 'a 灯台 🌊\nSteps: 24, Sampler: Euler a, Size: 512x768';

function codeOf(bytes: Uint8Array): unknown {
  try {
    return importImage(bytes);
  } catch (error) {
    return error instanceof Error && 'code' in error ? [error.name, error.code] : error;
  }
}

describe('importImage', () => {
  test.each([
    ['a PNG with tEXt', png(textChunk('parameters', plain)), plain],
    ['a PNG with iTXt', png(internationalTextChunk('parameters', wide)), wide],
    ['a JPEG with UTF-16', jpeg(unicodeComment(wide)), wide],
    ['a JPEG with ASCII', jpeg(asciiComment('a cafe\nSteps: 24, Size: 512x768')), 'a cafe\n'],
    [
      'a JPEG whose EXIF is in another segment than it belongs',
      join(
        jpeg(unicodeComment(plain)).subarray(0, 3),
        Uint8Array.of(0xe2),
        jpeg(unicodeComment(plain)).subarray(4),
      ),
      plain,
    ],
    ['a WebP with UTF-16', webp(unicodeComment(wide)), wide],
    ['an AVIF', avif(unicodeComment(wide)), wide],
    ['an AVIF that keeps it in its meta', avif(unicodeComment(wide), { version: 1, isInMeta: true }), wide],
    ['an AVIF of wide numbers', avif(unicodeComment(wide), { version: 2 }), wide],
    ['an AVIF by its third brand', avif(unicodeComment(wide), { brands: ['mif1', 'miaf', 'avif'] }), wide],
    ['an AVIF of many pictures', avif(unicodeComment(wide), { brands: ['msf1', 'avis'] }), wide],
    ['EXIF with the low byte first', png(pngChunk('eXIf', littleTiff(unicodeComment(wide)))), wide],
    [
      'EXIF behind its signature',
      png(pngChunk('eXIf', join(latin1('Exif\0\0'), littleTiff(unicodeComment(wide))))),
      wide,
    ],
    ['a WebP of odd length', webp(asciiComment('x\nSteps: 24, Size: 512x768 ')), 'x\n'],
  ])('reads %s', (_what, bytes, text) => {
    const { config, format } = importImage(bytes);
    expect(config).toMatchObject({ prompt: text.split('\n')[0], steps: 24, height: 768 });
    expect(['png', 'jpeg', 'webp', 'avif']).toContain(format);
  });

  test('reads UTF-16 with the low byte first', () => {
    const low = join(
      latin1('UNICODE\0'),
      unicodeComment(plain)
        .subarray(8)
        .map((_, index, all) => all[index ^ 1] ?? 0),
    );
    expect(importImage(jpeg(low)).config.prompt).toBe('a café');
  });

  test.each([
    ['UTF-8 behind the code of UTF-16', join(latin1('UNICODE\0'), new TextEncoder().encode(wide))],
    ['UTF-16 behind no code', join(new Uint8Array(8), unicodeComment(wide).subarray(8))],
  ])('reads %s', (_what, comment) => {
    expect(importImage(jpeg(comment)).config.prompt).toBe('a 灯台 🌊');
  });

  test('reads a part of a larger buffer', () => {
    const bytes = png(textChunk('parameters', plain));
    expect(importImage(join(Uint8Array.of(1, 2, 3), bytes).subarray(3)).config.steps).toBe(24);
  });

  test('is strict where it is asked to be', () => {
    const lossy = png(textChunk('parameters', `${plain}, Eta: 0.5`));
    expect(() => importImage(lossy, { strict: true })).toThrow('Eta is lost');
  });

  test('an image that is cut or spoilt anywhere gives a run or is refused in words', () => {
    const files = [jpeg, avif, (comment: Uint8Array) => png(pngChunk('eXIf', littleTiff(comment)))];
    for (const bytes of files.map((file) => file(asciiComment('x\nSteps: 24, Size: 64x64')))) {
      for (const at of bytes.keys()) {
        for (const spoilt of [bytes.subarray(0, at), bytes.with(at, 0xff), bytes.with(at, 0)])
          expect(attemptImport(() => importImage(spoilt))).toBeDefined();
      }
    }
  });

  const whole = png(textChunk('parameters', plain));
  const exif = jpeg(unicodeComment(plain));
  test.each([
    ['too large an image', new Uint8Array(maxImageSize + 1), 'too_large'],
    ['nothing', new Uint8Array(), 'not_an_image'],
    ['a GIF', latin1('GIF89a'), 'not_an_image'],
    ['a PNG that is cut off', whole.subarray(0, 40), 'malformed'],
    ['a PNG without an end', whole.subarray(0, whole.length - 12), 'malformed'],
    [
      'a PNG with a chunk that is too long',
      join(whole.subarray(0, 33), Uint8Array.of(0x7f, 0xff, 0xff, 0xff), whole.subarray(37)),
      'malformed',
    ],
    ['a JPEG that is cut off', exif.subarray(0, 30), 'malformed'],
    ['a JPEG without segments', join(exif.subarray(0, 2), latin1('abcdef')), 'malformed'],
    ['a JPEG whose EXIF is none', join(exif.subarray(0, 12), latin1('XXXX'), exif.subarray(16)), 'malformed'],
    ['a WebP that is cut off', webp(unicodeComment(plain)).subarray(0, 60), 'malformed'],
    ['a PNG without text', png(), 'no_parameters'],
    ['a PNG of another program', png(textChunk('workflow', '{}')), 'no_parameters'],
    ['a PNG whose EXIF is none', png(pngChunk('eXIf', latin1('MM'))), 'malformed'],
    ['a JPEG without EXIF', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 'no_parameters'],
  ])('refuses %s', (_what, bytes, code) => {
    expect(codeOf(bytes)).toEqual(['UnreadableImageError', code]);
  });
});
