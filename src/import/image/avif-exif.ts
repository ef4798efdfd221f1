import { textAt } from './text-at.ts';

/**
 * The EXIF of an AVIF, or undefined where it has none. Its `meta` box lists the items of the file (`iinf`), and says at which
 * bytes each of them stands (`iloc`).
 *
 * The work grows with the length of that box. Source: ISO/IEC 14496-12, 8.11, and for EXIF as an item 23008-12, A.2.1.
 *
 * @throws {RangeError} when a box ends before what it must hold.
 */
export function avifExif(file: Uint8Array, meta: Uint8Array): Uint8Array | undefined {
  const boxes = new Map(boxesIn(meta.subarray(4)));
  const [items, places] = [boxes.get('iinf'), boxes.get('iloc')];
  if (items === undefined || places === undefined) return undefined;
  const id = exifItem(items);
  if (id === undefined) return undefined;
  const { isInMeta, from, length } = placeOf(id, places);
  const item = ((isInMeta ? boxes.get('idat') : file) ?? new Uint8Array()).subarray(from, from + length);
  return item.subarray(4 + reader(item).take(4));
}

/** The boxes that fill these bytes: their types, and what is in them. */
function* boxesIn(bytes: Uint8Array): Generator<readonly [type: string, content: Uint8Array]> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = reader(bytes.subarray(at)).take(4);
    yield [textAt(bytes, at + 4, 4), bytes.subarray(at + 8, at + size)];
    at += Math.max(size, 8);
  }
}

function exifItem(items: Uint8Array): number | undefined {
  const { take, rest } = reader(items);
  const countWidth = take(4) >>> 24 === 0 ? 2 : 4;
  take(countWidth);
  for (const [, entry] of boxesIn(rest())) {
    const { take, rest } = reader(entry);
    const id = take(take(4) >>> 24 < 3 ? 2 : 4);
    take(2);
    if (textAt(rest(), 0, 4) === 'Exif') return id;
  }
  return undefined;
}

/** Where an item stands, counted from the start of the file or of the `idat` box. Of one in pieces, which nobody writes, the first. */
function placeOf(id: number, places: Uint8Array) {
  const { take, skip } = reader(places);
  const version = take(1);
  skip(3);
  const widths = take(2);
  const [offset, length, base] = [widths >> 12, (widths >> 8) & 15, (widths >> 4) & 15];
  const index = version === 0 ? 0 : widths & 15;
  const idWidth = version < 2 ? 2 : 4;
  skip(idWidth);
  for (;;) {
    const isWanted = take(idWidth) === id;
    const isInMeta = version > 0 && (take(2) & 15) === 1;
    skip(2);
    const start = take(base);
    const pieces = take(2);
    if (!isWanted) {
      skip(pieces * (index + offset + length));
      continue;
    }
    skip(index);
    return { isInMeta, from: start + take(offset), length: take(length) };
  }
}

/** Takes whole numbers of any width one behind the other, the high byte first. */
function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  function take(width: number): number {
    let number = 0;
    for (const end = at + width; at < end; at += 1) number = number * 256 + view.getUint8(at);
    return number;
  }
  function skip(count: number): void {
    at += count;
  }
  return { take, skip, rest: () => bytes.subarray(at) };
}
