import { UnreadableImageError } from '../errors/unreadable-image-error.ts';

/** The formats that the WebUIs save images in. */
export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** An image's format, and whether it has a block of EXIF. */
export interface ImageContainer {
  readonly format: ImageFormat;
  readonly hasExif: boolean;
}

/** The format that the first bytes tell, or undefined. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  return textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP' ? 'webp' : undefined;
}

/**
 * Walks over the blocks of an image, without reading what is in them.
 *
 * @throws {UnreadableImageError} when it is no PNG, JPEG or WebP, or a block is longer than what is left.
 */
export function checkContainer(bytes: Uint8Array): ImageContainer {
  const format = imageFormat(bytes);
  if (format === undefined) {
    throw new UnreadableImageError(
      'not_an_image',
      'It is no PNG, JPEG or WebP. Give an image of one of these.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { format, hasExif: walkers[format](bytes, view) };
}

type Walker = (bytes: Uint8Array, view: DataView) => boolean;

const walkers: Readonly<Record<ImageFormat, Walker>> = { png: walkPng, jpeg: walkJpeg, webp: walkWebp };

function walkPng(bytes: Uint8Array, view: DataView): boolean {
  let hasExif = false;
  for (let at = 8; ; ) {
    need(bytes, at, 8);
    const type = textAt(bytes, at + 4, 4);
    const end = at + 12 + view.getUint32(at);
    need(bytes, at, end - at, type);
    if (type === 'IEND') return hasExif;
    hasExif ||= type === 'eXIf';
    at = end;
  }
}

function walkJpeg(bytes: Uint8Array, view: DataView): boolean {
  let hasExif = false;
  for (let at = 2; ; ) {
    need(bytes, at, 2);
    const marker = view.getUint16(at);
    if (marker === startOfPixels || marker === endOfImage) return hasExif;
    if (marker >> 8 !== 0xff) throw malformed(at, 'where a segment must begin, there is none');
    need(bytes, at, 4);
    const end = at + 2 + view.getUint16(at + 2);
    need(bytes, at, end - at, `segment ${marker.toString(16)}`);
    hasExif ||= textAt(bytes, at + 4, 6) === 'Exif\0\0';
    at = end;
  }
}

const startOfPixels = 0xffda;
const endOfImage = 0xffd9;

function walkWebp(bytes: Uint8Array, view: DataView): boolean {
  const end = 8 + view.getUint32(4, true);
  need(bytes, 0, end, 'RIFF');
  let hasExif = false;
  for (let at = 12; at < end; ) {
    need(bytes, at, 8);
    const type = textAt(bytes, at, 4);
    const size = view.getUint32(at + 4, true);
    need(bytes, at, 8 + size, type);
    hasExif ||= type === 'EXIF';
    at += 8 + size + (size % 2);
  }
  return hasExif;
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

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
