import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { maxInfotextLength } from '../../src/import/index.ts';
import {
  avif as avifOf,
  box,
  compressedTextChunk,
  internationalTextChunk,
  join,
  jpeg,
  jpegOfSegments,
  jpegOfTags,
  latin1,
  png,
  pngChunk,
  textChunk,
  unicodeComment,
  webp,
} from './image-files.ts';
import { lossy, onlyRun } from './only-run.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const tooLong = `a\nSteps: 20, Size: 64x64${', A: 1'.repeat(maxInfotextLength / 6)}`;
const infotext = 'a kiln in 京都, café\nSteps: 20, Sampler: Euler a, Size: 512x512';
const graph = {
  a: { class_type: 'LoadImage', inputs: { image: 'x.png' } },
  b: { class_type: 'ImageScaleBy', inputs: { image: ['a', 0], scale_by: 2, upscale_method: 'lanczos' } },
  c: { class_type: 'SaveImage', inputs: { images: ['b', 0] } },
};
const userComment = 0x9286;
const xmp = `<dc:description><rdf:Alt><rdf:li>${infotext}</rdf:li></rdf:Alt></dc:description>`;
const [make, model, software] = [0x010f, 0x0110, 0x0131];

describe('the text of', () => {
  test.each([
    ['tEXt in UTF-8', png(pngChunk('tEXt', join(latin1('parameters\0'), utf8(infotext))))],
    ['zTXt', png(compressedTextChunk('parameters', infotext))],
    [
      'compressed iTXt',
      png(pngChunk('iTXt', join(latin1('parameters\0\x01\0en\0x\0'), zlibSync(utf8(infotext))))),
    ],
    ['iTXt', png(pngChunk('iTXt', join(latin1('parameters\0\0\0\0\0'), utf8(infotext))))],
    ['a UserComment without a code', jpeg(utf8(infotext))],
    ['a UserComment of unknown code', jpeg(join(latin1('\0'.repeat(8)), utf8(infotext)))],
    ['a UserComment behind bytes that fill', filled(jpeg(utf8(infotext)))],
    ['a UserComment behind a pointer of type IFD', jpeg(utf8(infotext), { pointer: 13 })],
    ['a UserComment of type UTF-8, as since EXIF 3.0', jpeg(utf8(infotext), { comment: 129 })],
    ['a UserComment as Fooocus writes it', jpegOfTags([userComment, infotext], [software, 'Fooocus v2.5.5'])],
    ['an animated WebP', animated(webp(unicodeComment(infotext)))],
    ['the comment of a JPEG', jpegOfSegments([0xfe, utf8(infotext)])],
    ['XMP in a JPEG', jpegOfSegments([0xe1, utf8(`http://ns.adobe.com/xap/1.0/\0${xmp}`)])],
    ['XMP in a WebP', withChunk(webp(unicodeComment('')), 'XMP ', utf8(xmp))],
  ])('%s is read', (_what, bytes) => {
    expect(onlyRun(bytes).config).toMatchObject({ prompt: 'a kiln in 京都, café', steps: 20 });
  });

  test('Latin-1 is what is no UTF-8', () => {
    expect(onlyRun(png(textChunk('parameters', 'café\nSteps: 20, Size: 64x64'))).config.prompt).toBe('café');
  });

  test("ComfyUI's graph is read out of the tags that its nodes write", () => {
    const run = onlyRun(
      jpegOfTags([make, 'Workflow:{}'], [model, `Prompt: ${JSON.stringify(graph)}`], [software, 'x']),
    );
    expect([run.writer, run.source, run.config.input_image]).toEqual(['ComfyUI', 'jpeg', 'x.png']);
    expect(() => onlyRun(jpegOfTags([make, 'A camera'], [model, 'B']))).toThrow('no text at all');
  });
});

test('parameters that stand twice are read once, and that they say another thing then is a loss', () => {
  const first = internationalTextChunk('parameters', infotext);
  const other = internationalTextChunk('parameters', infotext.replace('20', '30'));
  expect(lossy(onlyRun(png(first, first)))).toEqual([]);
  const run = onlyRun(png(first, other));
  expect(run.config.steps).toBe(20);
  expect(lossy(run)).toEqual(['parameters']);
});

describe('beside good parameters', () => {
  const nearlyAll = zlibSync(new Uint8Array(4_190_000));
  const compressed = (keyword: string, content: Uint8Array) =>
    pngChunk('zTXt', join(latin1(`${keyword}\0\0`), content));
  test.each([
    ['a bomb', 'prompt', zlibSync(new Uint8Array(8_000_000)), 1],
    ['a damaged text', 'prompt', latin1('not zlib'), 1],
    ['a text of another keyword', 'kiln', nearlyAll, 1],
    ['many texts of one keyword', 'workflow', nearlyAll, 100],
  ])('%s is noted, and the run is read', (_what, keyword, content, count) => {
    const others = Array.from({ length: count }, () => compressed(keyword, content));
    const { config, notes } = onlyRun(png(...others, compressedTextChunk('parameters', infotext)));
    expect(config.steps).toBe(20);
    expect(notes.filter(({ path }) => path[0] === keyword).map(({ code }) => code)).toEqual(
      others.map(() => 'dropped'),
    );
  });

  test('an EXIF that is damaged is passed over', () => {
    const run = onlyRun(png(textChunk('parameters', infotext), pngChunk('eXIf', latin1('MM'))));
    expect(run.config.steps).toBe(20);
  });

  test('or a graph, what is compressed under another keyword is never inflated', () => {
    const others = Array.from({ length: 100 }, () => compressed('kiln', latin1('not zlib')));
    const { config } = onlyRun(png(...others, textChunk('prompt', JSON.stringify(graph))));
    expect(config.input_image).toBe('x.png');
  });
});

test('compressed texts are inflated up to one bound for the whole image', () => {
  const half = pngChunk('zTXt', join(latin1('prompt\0\0'), zlibSync(new Uint8Array(3_000_000))));
  expect(() => onlyRun(png(half, half))).toThrow('become longer than 4194304 bytes');
  expect(() => onlyRun(png(half))).toThrow('no run that is known');
});

test.each([
  ['PNG', (count: number) => png(...Array.from({ length: count }, () => textChunk('', '')))],
  [
    'JPEG',
    (count: number) =>
      jpegOfSegments(...Array.from({ length: count }, () => [0xfe, new Uint8Array()] as const)),
  ],
])('a %s has 10,000 texts at most', (_format, texts) => {
  expect(() => onlyRun(texts(10_000))).toThrow('no run that is known');
  expect(() => onlyRun(texts(10_001))).toThrow('more than 10000 texts');
});

function filled(bytes: Uint8Array): Uint8Array {
  return join(bytes.subarray(0, 2), Uint8Array.of(0xff, 0xff), bytes.subarray(2));
}

function animated(bytes: Uint8Array): Uint8Array {
  return withChunk(bytes, 'ANIM', new Uint8Array(6));
}

/** A WebP with one more chunk, behind its head. */
function withChunk(bytes: Uint8Array, type: string, content: Uint8Array): Uint8Array {
  const uint32 = (size: number) => Uint8Array.of(size & 255, (size >> 8) & 255, 0, 0);
  const padding = new Uint8Array(content.length % 2);
  const chunk = join(latin1(type), uint32(content.length), content, padding);
  const size = uint32(bytes.length + chunk.length - 8);
  return join(bytes.subarray(0, 4), size, bytes.subarray(8, 12), chunk, bytes.subarray(12));
}

function withoutIdat(bytes: Uint8Array): Uint8Array {
  const at = new TextDecoder('latin1').decode(bytes).indexOf('idat');
  return join(bytes.subarray(0, at), latin1('free'), bytes.subarray(at + 4));
}

describe('refused with what it is:', () => {
  const avif = join(box('ftyp', latin1('avifmif1')), box('free'));
  test.each<[string, Uint8Array, string]>([
    ['an AVIF without EXIF', avif, 'The AVIF has no text at all'],
    ['an AVIF whose last box has no length', join(avif, Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4)), 'AVIF'],
    [
      'an AVIF with a box in its meta that is shorter than its head',
      join(avif, box('meta', new Uint8Array(64))),
      'The AVIF has no text at all',
    ],
    [
      'an AVIF whose meta is too short',
      join(avif, box('meta', latin1('1234'), box('iinf'), box('iloc'))),
      'its meta ends too early',
    ],
    [
      'an AVIF whose EXIF would be in an idat that is not there',
      withoutIdat(avifOf(unicodeComment(infotext), { version: 1, isInMeta: true })),
      'its meta ends too early',
    ],
    ['an AVIF that is cut off', avif.subarray(0, 18), 'is damaged at byte 16'],
    ['an image of InvokeAI 1', png(textChunk('Dream', 'a kiln -s 50')), 'it is of InvokeAI before 2.0'],
    ['a GIF', join(latin1('GIF89a'), Uint8Array.of(0xff)), 'It is a GIF. Give a PNG, JPEG, WebP or AVIF.'],
    ['a GIF of ASCII', latin1('GIF89a\x01\0\x01\0\0\0\0;'), 'It is a GIF.'],
    ['a HEIC', box('ftyp', latin1('mif1\0\0\0\0mif1heic'), Uint8Array.of(0xff)), 'It is a HEIC.'],
    ['a video', join(Uint8Array.of(0, 0, 0, 0xff), latin1('ftypisom')), 'It is a video.'],
    ['bytes that are nothing known', Uint8Array.of(0xe9, 0x20, 0xff), 'no image and no UTF-8 text'],
    [
      'an animated WebP of a camera',
      animated(webp(latin1('ASCII\0\0\0'))),
      'The text of the animated WebP has no parameters',
    ],
    [
      'JSON that nobody known wrote',
      png(textChunk('parameters', '{"kiln": 1}')),
      'it is an object of kiln in a PNG',
    ],
    [
      'a bomb',
      png(pngChunk('zTXt', join(latin1('parameters\0\0'), zlibSync(new Uint8Array(8_000_000))))),
      'become longer than 4194304 bytes',
    ],
    [
      'a compressed text that is damaged',
      png(pngChunk('zTXt', latin1('parameters\0\0not zlib'))),
      'compressed text of the image is damaged',
    ],
    ['JSON nested too deeply', utf8(`${'{"a":'.repeat(80)}1${'}'.repeat(80)}`), 'at most 64 levels deep'],
    [
      'JSON of too many values',
      utf8(`{"txt2img":[${'0,'.repeat(250_000)}0]}`),
      'at most 64 levels deep and of at most 250000 values',
    ],
    ['an infotext that is too long', utf8(tooLong), `at most ${maxInfotextLength} are read`],
    [
      'one that is too long in an image',
      png(textChunk('parameters', tooLong)),
      `at most ${maxInfotextLength} are read`,
    ],
    ['words', utf8('only a prompt, of: words'), 'The text is no JSON, and has no parameters that are known'],
  ])('%s', (_what, bytes, message) => {
    expect(() => onlyRun(bytes)).toThrow(message);
  });
});
