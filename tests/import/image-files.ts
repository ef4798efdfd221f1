import { zlibSync } from 'fflate';

/** A PNG with these chunks between its header and its end: one grey pixel, and checksums that nobody reads. */
export function png(...chunks: readonly Uint8Array[]): Uint8Array {
  const header = pngChunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0));
  const pixels = pngChunk('IDAT', Uint8Array.of(0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1));
  return join(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    header,
    ...chunks,
    pixels,
    pngChunk('IEND'),
  );
}

/** One chunk of a PNG: its length, its type, its content and a checksum of zeros. */
export function pngChunk(type: string, content: Uint8Array = new Uint8Array()): Uint8Array {
  return join(uint32(content.length), latin1(type), content, uint32(0));
}

export function textChunk(keyword: string, text: string): Uint8Array {
  return pngChunk('tEXt', join(latin1(keyword), Uint8Array.of(0), latin1(text)));
}

export function internationalTextChunk(keyword: string, text: string): Uint8Array {
  return pngChunk(
    'iTXt',
    join(latin1(keyword), Uint8Array.of(0, 0, 0, 0, 0), new TextEncoder().encode(text)),
  );
}

/** A compressed text of a PNG. */
export function compressedTextChunk(keyword: string, text: string): Uint8Array {
  return pngChunk(
    'zTXt',
    join(latin1(keyword), Uint8Array.of(0, 0), zlibSync(new TextEncoder().encode(text))),
  );
}

/** A JPEG without pixels whose EXIF has these tags of ASCII in its first directory. */
export function jpegOfTags(...tags: readonly (readonly [tag: number, text: string])[]): Uint8Array {
  return jpegOfExif(asciiTiff(tags));
}

/** A JPEG without pixels whose EXIF has a UserComment. */
export function jpeg(comment: Uint8Array): Uint8Array {
  return jpegOfExif(tiff(comment));
}

function jpegOfExif(content: Uint8Array): Uint8Array {
  const exif = join(latin1('Exif\0\0'), content);
  const length = exif.length + 2;
  const segment = join(Uint8Array.of(0xff, 0xe1, length >> 8, length & 255), exif);
  return join(Uint8Array.of(0xff, 0xd8), segment, Uint8Array.of(0xff, 0xd9));
}

/** A WebP without pixels whose EXIF has a UserComment. */
export function webp(comment: Uint8Array): Uint8Array {
  const exif = tiff(comment);
  const padded = exif.length % 2 === 0 ? exif : join(exif, Uint8Array.of(0));
  const extended = join(latin1('VP8X'), littleEndian(10), Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  const body = join(latin1('WEBP'), extended, latin1('EXIF'), littleEndian(exif.length), padded);
  return join(latin1('RIFF'), littleEndian(body.length), body);
}

/** A UserComment as the WebUI writes it: "UNICODE", then UTF-16 with the high byte first. */
export function unicodeComment(text: string): Uint8Array {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return join(latin1('UNICODE\0'), Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255])));
}

export function asciiComment(text: string): Uint8Array {
  return join(latin1('ASCII\0\0\0'), latin1(text));
}

function asciiTiff(tags: readonly (readonly [tag: number, text: string])[]): Uint8Array {
  const texts = tags.map(([, text]) => join(new TextEncoder().encode(text), Uint8Array.of(0)));
  let at = 8 + 2 + 12 * tags.length + 4;
  const entries = tags.map(([tag], index) => {
    const length = texts[index]?.length ?? 0;
    const entry = join(Uint8Array.of(tag >> 8, tag & 255, 0, 2), uint32(length), uint32(at));
    at += length;
    return entry;
  });
  return join(latin1('MM\0*'), uint32(8), Uint8Array.of(0, tags.length), ...entries, uint32(0), ...texts);
}

/** The smallest TIFF with a UserComment: IFD0 points to the EXIF directory behind it. */
function tiff(comment: Uint8Array): Uint8Array {
  const pointer = directory(0x8769, 4, 1, uint32(26));
  return join(latin1('MM\0*'), uint32(8), pointer, directory(0x9286, 7, comment.length, uint32(44)), comment);
}

function directory(tag: number, type: number, count: number, value: Uint8Array): Uint8Array {
  return join(Uint8Array.of(0, 1, tag >> 8, tag & 255, 0, type), uint32(count), value, uint32(0));
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
}

function littleEndian(value: number): Uint8Array {
  return uint32(value).reverse();
}
