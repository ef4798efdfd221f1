import { imageSize } from 'image-size';
import type { Size } from '../../size.ts';

/** How much base64 a size is looked for in: all of it stands at the beginning, in a JPEG behind its metadata. */
const heads = [128, 2 ** 19];

/** The size of a PNG, JPEG or WebP in base64, or null for anything else. Bounded: reads 384 KiB at most. */
export function imageSizeOf(base64: string): Size | null {
  const data = base64.slice(0, 128 + 2 ** 19).replace(/^data:[^,]{0,100},/, '');
  for (const head of heads) {
    const size = sizeIn(data.slice(0, head));
    if (size !== null) return size;
  }
  return null;
}

/** Both the decoder and the reader throw at what is none of theirs. */
function sizeIn(base64: string): Size | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    return null;
  }
}
