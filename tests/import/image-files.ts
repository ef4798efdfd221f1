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

/** A JPEG without pixels whose EXIF has a UserComment, and tags of these types. */
export function jpeg(comment: Uint8Array, types: TagTypes = {}): Uint8Array {
  return jpegOfExif(tiff(comment, types));
}

/** The types of EXIF's tags: of the one that points to the second directory (LONG, or IFD), and of the UserComment. */
interface TagTypes {
  readonly pointer?: 4 | 13;
  readonly comment?: 7 | 129;
}

function jpegOfExif(content: Uint8Array): Uint8Array {
  return jpegOfSegments([0xe1, join(latin1('Exif\0\0'), content)]);
}

/** A JPEG without pixels that has these segments. */
export function jpegOfSegments(
  ...segments: readonly (readonly [marker: number, content: Uint8Array])[]
): Uint8Array {
  const written = segments.map(([marker, content]) =>
    join(Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255), content),
  );
  return join(Uint8Array.of(0xff, 0xd8), ...written, Uint8Array.of(0xff, 0xd9));
}

/** A WebP without pixels whose EXIF has a UserComment. */
export function webp(comment: Uint8Array): Uint8Array {
  const exif = tiff(comment);
  const padded = exif.length % 2 === 0 ? exif : join(exif, Uint8Array.of(0));
  const extended = join(latin1('VP8X'), littleEndian(10), Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  const body = join(latin1('WEBP'), extended, latin1('EXIF'), littleEndian(exif.length), padded);
  return join(latin1('RIFF'), littleEndian(body.length), body);
}

/** How an AVIF says where its EXIF is: by which version of `iloc`, and whether it stands in the `meta` box itself. */
interface AvifLayout {
  readonly version?: 0 | 1 | 2;
  readonly isInMeta?: boolean;
  readonly brands?: readonly [main: string, ...others: readonly string[]];
}

/** An AVIF without pixels whose second item is EXIF with a UserComment. Version 2 has numbers twice as wide. */
export function avif(
  comment: Uint8Array,
  { version = 0, isInMeta = false, brands: [main, ...others] = ['avif', 'avif', 'mif1'] }: AvifLayout = {},
): Uint8Array {
  const exif = join(uint32(6), latin1('Exif\0\0'), tiff(comment));
  const head = box('ftyp', latin1(main), uint32(0), ...others.map(latin1));
  const meta = (from: number) => {
    const items = box('iinf', ...itemList(version));
    const places = box('iloc', ...itemPlaces(version, isInMeta, from, exif.length));
    const own = isInMeta ? [box('idat', exif)] : [];
    return box('meta', uint32(0), box('hdlr', uint32(0)), places, items, ...own);
  };
  const from = isInMeta ? 0 : head.length + meta(0).length + 8;
  return join(head, meta(from), box('mdat', exif));
}

function itemList(version: number): readonly Uint8Array[] {
  const isWide = version === 2;
  const item = (id: number, type: string) =>
    box(
      'infe',
      Uint8Array.of(isWide ? 3 : 2, 0, 0, 0),
      ...(isWide ? [uint32(id)] : [uint16(id)]),
      uint16(0),
      latin1(type),
    );
  const count = isWide ? uint32(2) : uint16(2);
  return [Uint8Array.of(isWide ? 1 : 0, 0, 0, 0), count, item(1, 'av01'), item(2, 'Exif')];
}

function itemPlaces(version: number, isInMeta: boolean, from: number, length: number): readonly Uint8Array[] {
  const id = version === 2 ? uint32 : uint16;
  const wide = (value: number) => (version === 2 ? join(uint32(0), uint32(value)) : uint32(value));
  const method = version === 0 ? [] : [uint16(isInMeta ? 1 : 0)];
  const index = version === 2 ? [uint32(1)] : [];
  const place = (
    name: number,
    start: number,
    ...pieces: readonly (readonly [at: number, length: number])[]
  ) => [
    id(name),
    ...method,
    uint16(0),
    wide(start),
    uint16(pieces.length),
    ...pieces.flatMap(([at, size]) => [...index, wide(at), wide(size)]),
  ];
  const widths = version === 2 ? uint16(0x8884) : uint16(0x4440);
  return [
    Uint8Array.of(version, 0, 0, 0),
    widths,
    id(2),
    ...place(1, 0, [0, 1], [1, 1]),
    ...place(2, from - Math.min(from, 3), [Math.min(from, 3), length]),
  ];
}

export function box(type: string, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = join(...contents);
  return join(uint32(8 + content.length), latin1(type), content);
}

/** The smallest TIFF with a UserComment in its first directory, the low byte first. */
export function littleTiff(comment: Uint8Array): Uint8Array {
  const entry = join(Uint8Array.of(0x86, 0x92, 7, 0), littleEndian(comment.length), littleEndian(26));
  return join(latin1('II*\0'), littleEndian(8), Uint8Array.of(1, 0), entry, littleEndian(0), comment);
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
function tiff(comment: Uint8Array, types: TagTypes = {}): Uint8Array {
  const pointer = directory(0x8769, types.pointer ?? 4, 1, uint32(26));
  const second = directory(0x9286, types.comment ?? 7, comment.length, uint32(44));
  return join(latin1('MM\0*'), uint32(8), pointer, second, comment);
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

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
}

function littleEndian(value: number): Uint8Array {
  return uint32(value).reverse();
}
