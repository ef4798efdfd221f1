import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { avifExif } from './avif-exif.ts';
import { textAt } from './text-at.ts';
import { xmpKeyword } from './xmp-description.ts';

/** The formats that the WebUIs save images in. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'avif';

/** The most texts of one image that are read. Programs write a handful, and a chunk of no text has 12 bytes. */
export const maxTexts = 10_000;

/** A block of an image that may hold text: its type, and its content. */
export interface ImageBlock {
  readonly type: string;
  readonly content: Uint8Array;
}

/** An image's format, its name for people, its EXIF, and what else holds text, as the chunks of a PNG do. */
export interface ImageContainer {
  readonly format: ImageFormat;
  readonly name: string;
  readonly exif: Uint8Array | undefined;
  readonly texts: readonly ImageBlock[];
}

/** The format that the first bytes tell, or undefined. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'webp';
  return brandsOf(bytes).some((brand) => /^avi[fs]$/.test(brand)) ? 'avif' : undefined;
}

/** The most bytes of a list of brands that are read. Programs write a handful, of four bytes each. */
const mostBrands = 256;

/** What a file of ISO boxes says that it may be read as, its main brand first: an AVIF may name itself `mif1` there. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  if (textAt(bytes, 4, 4) !== 'ftyp') return [];
  const { byteOffset, byteLength, buffer } = bytes;
  const length = new DataView(buffer, byteOffset, byteLength).getUint32(0) - 8;
  return textAt(bytes, 8, Math.max(4, Math.min(length, mostBrands))).match(/.{4}/gs) ?? [];
}

const otherFormats: readonly (readonly [at: number, start: string, name: string])[] = [
  [0, 'GIF8', 'a GIF'],
  [0, 'BM', 'a BMP'],
  [0, 'II*\0', 'a TIFF'],
  [0, 'MM\0*', 'a TIFF'],
  [0, '8BPS', 'a Photoshop document'],
  [0, '\xff\x0a', 'a JPEG XL'],
  [4, 'JXL ', 'a JPEG XL'],
  [4, 'ftyphei', 'a HEIC'],
  [4, 'ftypmif1', 'a HEIC'],
  [4, 'ftyp', 'a video'],
];

/** What a file is that no text is read out of, by its first bytes: "a GIF". undefined: it may be text. */
export function otherFormat(bytes: Uint8Array): string | undefined {
  return otherFormats.find(([at, start]) => textAt(bytes, at, start.length) === start)?.[2];
}

/**
 * Walks over the blocks of an image, without reading what is in them.
 *
 * @throws {UnreadableImageError} when it is no PNG, JPEG, WebP or AVIF, or a block is longer than what is left,
 * or it has more than 10,000 texts.
 */
export function checkContainer(bytes: Uint8Array): ImageContainer {
  const format = imageFormat(bytes);
  if (format === undefined) {
    const found = otherFormat(bytes) ?? 'no image';
    const message = `It is ${found}. Give a PNG, JPEG, WebP or AVIF.`;
    throw new UnreadableImageError('not_an_image', message);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { format, ...walkers[format](bytes, view) };
}

type Walker = (bytes: Uint8Array, view: DataView) => Omit<ImageContainer, 'format'>;

const walkers: Readonly<Record<ImageFormat, Walker>> = {
  png: walkPng,
  jpeg: walkJpeg,
  webp: walkWebp,
  avif: walkAvif,
};

function walkPng(bytes: Uint8Array, view: DataView): ReturnType<Walker> {
  const texts: ImageBlock[] = [];
  let exif: Uint8Array | undefined;
  for (let at = 8; ; ) {
    need(bytes, at, 8);
    const type = textAt(bytes, at + 4, 4);
    const end = at + 12 + view.getUint32(at);
    need(bytes, at, end - at, type);
    if (type === 'IEND') return { name: 'PNG', exif, texts };
    if (type === 'eXIf') exif ??= bytes.subarray(at + 8, end - 4);
    if (/^[tiz](EXt|TXt)$/.test(type))
      addText(texts, 'PNG', { type, content: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
}

function addText(texts: ImageBlock[], name: string, block: ImageBlock): void {
  texts.push(block);
  if (texts.length <= maxTexts) return;
  const message = `Give the infotext as text: the ${name} has more than ${maxTexts} texts, the most that are read.`;
  throw new UnreadableImageError('too_large', message);
}

/** A text of another format as a chunk of a PNG. */
function textChunk(keyword: string, text: Uint8Array): ImageBlock {
  const content = new Uint8Array(keyword.length + 1 + text.length);
  content.set(new TextEncoder().encode(keyword));
  content.set(text, keyword.length + 1);
  return { type: 'tEXt', content };
}

function walkJpeg(bytes: Uint8Array, view: DataView): ReturnType<Walker> {
  const texts: ImageBlock[] = [];
  let exif: Uint8Array | undefined;
  for (let at = 2; ; ) {
    need(bytes, at, 2);
    const marker = view.getUint16(at);
    if (marker === startOfPixels || marker === endOfImage) return { name: 'JPEG', exif, texts };
    if (marker === fill) {
      at += 1;
      continue;
    }
    if (marker >> 8 !== 0xff) throw malformed(at, 'where a segment must begin, there is none');
    need(bytes, at, 4);
    const end = at + 2 + view.getUint16(at + 2);
    need(bytes, at, end - at, `segment ${marker.toString(16)}`);
    if (textAt(bytes, at + 4, 6) === 'Exif\0\0') exif ??= bytes.subarray(at + 4, end);
    const xmp = at + 4 + xmpSignature.length;
    if (textAt(bytes, at + 4, xmpSignature.length) === xmpSignature)
      addText(texts, 'JPEG', textChunk(xmpKeyword, bytes.subarray(xmp, end)));
    if (marker === comment) addText(texts, 'JPEG', textChunk('Comment', bytes.subarray(at + 4, end)));
    at = end;
  }
}

/** What stands before XMP in a JPEG. */
const xmpSignature = 'http://ns.adobe.com/xap/1.0/\0';
const comment = 0xfffe;

/** Any number of bytes of 0xFF may stand before a marker. */
const fill = 0xffff;
const startOfPixels = 0xffda;
const endOfImage = 0xffd9;

function walkWebp(bytes: Uint8Array, view: DataView): ReturnType<Walker> {
  const end = 8 + view.getUint32(4, true);
  need(bytes, 0, end, 'RIFF');
  const texts: ImageBlock[] = [];
  let exif: Uint8Array | undefined;
  let name = 'WebP';
  for (let at = 12; at < end; ) {
    need(bytes, at, 8);
    const type = textAt(bytes, at, 4);
    const size = view.getUint32(at + 4, true);
    need(bytes, at, 8 + size, type);
    if (type === 'EXIF') exif ??= bytes.subarray(at + 8, at + 8 + size);
    if (type === 'XMP ') addText(texts, 'WebP', textChunk(xmpKeyword, bytes.subarray(at + 8, at + 8 + size)));
    if (type === 'ANIM') name = 'animated WebP';
    at += 8 + size + (size % 2);
  }
  return { name, exif, texts };
}

function walkAvif(bytes: Uint8Array, view: DataView): ReturnType<Walker> {
  let exif: Uint8Array | undefined;
  for (let at = 0; at < bytes.length; ) {
    need(bytes, at, 8);
    const size = view.getUint32(at);
    const type = textAt(bytes, at + 4, 4);
    if (size < 8) break;
    need(bytes, at, size, type);
    if (type === 'meta') exif ??= exifOfMeta(bytes, at, size);
    at += size;
  }
  return { name: 'AVIF', exif, texts: [] };
}

function exifOfMeta(bytes: Uint8Array, at: number, size: number): Uint8Array | undefined {
  try {
    return avifExif(bytes, bytes.subarray(at + 8, at + size));
  } catch {
    throw malformed(at, 'its meta ends too early');
  }
}

function need(bytes: Uint8Array, at: number, length: number, block = 'block'): void {
  if (at + length > bytes.length) {
    throw malformed(at, `its ${block} needs ${length} bytes, and ${bytes.length - at} are left`);
  }
}

function malformed(at: number, fault: string): UnreadableImageError {
  return new UnreadableImageError(
    'malformed',
    `The image is damaged at byte ${at}: ${fault}. Get the whole file.`,
  );
}
