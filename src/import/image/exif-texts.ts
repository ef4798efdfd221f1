import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { ImageTextPart } from './read-image-texts.ts';
import { textAt } from './text-at.ts';
import { decodeUserComment } from './user-comment.ts';

/**
 * Reads the texts out of EXIF, which is a TIFF without pixels: directories of tags, read here as far as a run may stand in
 * them. A UserComment is what a PNG has under "parameters".
 *
 * @throws {UnreadableImageError} when the EXIF is damaged.
 */
export function readExifTexts(exif: Uint8Array): readonly ImageTextPart[] {
  const { first, second } = readDirectories(exif);
  const comments = [second, first].flatMap((tags) => tags.get(tag.userComment) ?? []);
  const texts = [tag.make, tag.model, tag.imageDescription].map((name) => asciiOf(first.get(name)));
  return [
    ...comments.map((comment) => ({ keyword: 'parameters', text: decodeUserComment(comment) })),
    ...texts.flatMap(graph),
    ...description(texts.at(-1)),
  ];
}

/** The tags in which a run may stand, and the one that points to more of them. ComfyUI's nodes use those of a camera. */
const tag = {
  imageDescription: 0x010e,
  make: 0x010f,
  model: 0x0110,
  exifDirectory: 0x8769,
  userComment: 0x9286,
};
const tags: ReadonlySet<number> = new Set(Object.values(tag));

/** How many bytes one value has, by its type: BYTE, ASCII, LONG, UNDEFINED. Those tags have no other. */
const widths: ReadonlyMap<number, number> = new Map([
  [1, 1],
  [2, 1],
  [4, 4],
  [7, 1],
]);

/** What stands before EXIF in a JPEG, and with some tools in other images. */
const signature = 'Exif\0\0';

type Directory = ReadonlyMap<number, Uint8Array>;

/** EXIF's first directory, and the one it points to: a UserComment belongs into that, and Fooocus writes it into the first. */
function readDirectories(exif: Uint8Array): { readonly first: Directory; readonly second: Directory } {
  const tiff = exif.subarray(textAt(exif, 0, signature.length) === signature ? signature.length : 0);
  const order = textAt(tiff, 0, 4);
  const isLittle = order === 'II*\0';
  if (!isLittle && order !== 'MM\0*') throw damagedExif();

  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const uint16 = (at: number) => view.getUint16(at, isLittle);
  const uint32 = (at: number) => view.getUint32(at, isLittle);
  function contentsAt(start: number): Directory {
    const found = new Map<number, Uint8Array>();
    for (let at = start + 2, end = at + 12 * uint16(start); at < end; at += 12) {
      const width = widths.get(uint16(at + 2));
      if (width === undefined || !tags.has(uint16(at))) continue;
      const length = width * uint32(at + 4);
      const from = length > 4 ? uint32(at + 8) : at + 8;
      if (from + length > tiff.length) throw new RangeError('A tag ends behind the EXIF.');
      found.set(uint16(at), tiff.subarray(from, from + length));
    }
    return found;
  }

  try {
    const first = contentsAt(uint32(4));
    const pointer = first.get(tag.exifDirectory);
    const second =
      pointer === undefined ? new Map() : contentsAt(uint32(pointer.byteOffset - tiff.byteOffset));
    return { first, second };
  } catch {
    throw damagedExif();
  }
}

/** The error for EXIF that cannot be read. */
function damagedExif(): UnreadableImageError {
  return new UnreadableImageError(
    'malformed',
    'The EXIF of the image is damaged. Save the image again, or give its infotext as text.',
  );
}

/** A text of EXIF, which ends at its first 0. */
function asciiOf(bytes: Uint8Array = new Uint8Array()): string {
  return decodeBytes(bytes).replace(/\0.*$/s, '');
}

/** Some tools put the text of a picture where cameras describe theirs. */
function description(text = ''): readonly ImageTextPart[] {
  return text === '' || graph(text).length > 0 ? [] : [{ keyword: 'ImageDescription', text }];
}

function graph(text: string): readonly ImageTextPart[] {
  const found = /^(prompt|workflow): ?(\{.{0,4000000})$/is.exec(text);
  return found === null ? [] : [{ keyword: String(found[1]).toLowerCase(), text: String(found[2]) }];
}
