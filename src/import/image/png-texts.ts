import { Unzlib } from 'fflate';
import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { ImageBlock } from './image-container.ts';
import type { ImageTextPart } from './read-image-texts.ts';

/** The longest text that a compressed chunk may become, in bytes. A graph of ComfyUI seldom has a tenth of it. */
export const maxInflated = 4 * 1024 * 1024;

/**
 * Reads the text of a chunk: tEXt, zTXt or iTXt, compressed or not. tEXt is UTF-8 where it can be, although the format
 * says Latin-1: StabilityMatrix and others write it so.
 *
 * @throws {UnreadableImageError} when it is damaged, or becomes longer than is read.
 */
export function readPngText({ type, content }: ImageBlock): ImageTextPart {
  const end = endOfText(content, 0);
  const keyword = new TextDecoder('latin1').decode(content.subarray(0, end));
  return { keyword, text: decodeBytes(textOf(type, content, end + 1)) };
}

function textOf(type: string, content: Uint8Array, at: number): Uint8Array {
  if (type === 'tEXt') return content.subarray(at);
  if (type === 'zTXt') return inflate(content.subarray(at + 1));
  const language = endOfText(content, at + 2);
  const text = content.subarray(endOfText(content, language + 1) + 1);
  return content[at] === 1 ? inflate(text) : text;
}

function endOfText(content: Uint8Array, from: number): number {
  const end = content.indexOf(0, from);
  return end < 0 ? content.length : end;
}

/** How much is inflated at once, in bytes: a bomb grows a thousandfold, and is noticed after one step. */
const step = 1024;

function inflate(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((piece) => {
    pieces.push(piece);
    size += piece.length;
  });
  try {
    for (let at = 0; at < bytes.length && size <= maxInflated; at += step)
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  } catch {
    const message =
      'A compressed text of the image is damaged. Get the whole file, or give its infotext as text.';
    throw new UnreadableImageError('malformed', message);
  }
  if (size > maxInflated) {
    const message = `A compressed text of the image becomes longer than ${maxInflated} bytes, the most that is read.`;
    throw new UnreadableImageError('too_large', message);
  }
  return joined(pieces, size);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
