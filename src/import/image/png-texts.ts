import { Unzlib } from 'fflate';
import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { ImageBlock } from './image-container.ts';
import type { ImageTextPart } from './read-image-texts.ts';

/** What the compressed texts of an image may become together, in bytes. A graph of ComfyUI seldom has a tenth of it. */
export const maxInflated = 4 * 1024 * 1024;

/** The keywords that a run is read under. Compressed texts under any other are not inflated: nothing bounds their number. */
const readKeywords: ReadonlySet<string> = new Set([
  'parameters',
  'prompt',
  'workflow',
  'invokeai_metadata',
  'Comment',
  'Dream',
  'sd-metadata',
  'Source',
  'extras',
  'generation_data',
  'postprocessing',
]);

/** How much may still be inflated, in bytes. */
interface Budget {
  left: number;
}

/**
 * Reads the texts of a PNG: tEXt, zTXt or iTXt, compressed or not, the parameters first, which no other text may crowd out.
 * Beside them a compressed text that cannot be read is empty. tEXt is UTF-8 where it can be, although the format says
 * Latin-1: StabilityMatrix and others write it so.
 *
 * @throws {UnreadableImageError} when one is damaged that the run may stand in, or they become longer than is read.
 */
export function readPngTexts(blocks: readonly ImageBlock[]): readonly ImageTextPart[] {
  const budget = { left: maxInflated };
  const isMain = (block: ImageBlock) => keywordOf(block) === 'parameters';
  const main = blocks.filter(isMain).map((block) => readText(block, budget));
  const read = main.length > 0 ? attemptText : readText;
  return [...main, ...blocks.filter((block) => !isMain(block)).map((block) => read(block, budget))];
}

function keywordOf({ content }: ImageBlock): string {
  return new TextDecoder('latin1').decode(content.subarray(0, endOfText(content, 0)));
}

function attemptText(block: ImageBlock, budget: Budget): ImageTextPart {
  try {
    return readText(block, budget);
  } catch {
    return { keyword: keywordOf(block), text: '' };
  }
}

function readText(block: ImageBlock, budget: Budget): ImageTextPart {
  const keyword = keywordOf(block);
  const { bytes, isCompressed } = textOf(block);
  if (!isCompressed) return { keyword, text: decodeBytes(bytes) };
  return { keyword, text: readKeywords.has(keyword) ? decodeBytes(inflate(bytes, budget)) : '' };
}

function textOf({ type, content }: ImageBlock): {
  readonly bytes: Uint8Array;
  readonly isCompressed: boolean;
} {
  const at = endOfText(content, 0) + 1;
  if (type === 'tEXt') return { bytes: content.subarray(at), isCompressed: false };
  if (type === 'zTXt') return { bytes: content.subarray(at + 1), isCompressed: true };
  const language = endOfText(content, at + 2);
  const bytes = content.subarray(endOfText(content, language + 1) + 1);
  return { bytes, isCompressed: content[at] === 1 };
}

function endOfText(content: Uint8Array, from: number): number {
  const end = content.indexOf(0, from);
  return end < 0 ? content.length : end;
}

/** How much is inflated at once, in bytes: a bomb grows a thousandfold, and is noticed after one step. */
const step = 1024;

function inflate(bytes: Uint8Array, budget: Budget): Uint8Array {
  const pieces: Uint8Array[] = [];
  const before = budget.left;
  const stream = new Unzlib((piece) => {
    pieces.push(piece);
    budget.left -= piece.length;
  });
  try {
    for (let at = 0; at < bytes.length && budget.left >= 0; at += step)
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  } catch {
    const message =
      'A compressed text of the image is damaged. Get the whole file, or give its infotext as text.';
    throw new UnreadableImageError('malformed', message);
  }
  if (budget.left < 0) {
    const message = `Give the infotext as text: the compressed texts of the image become longer than ${maxInflated} bytes, the most that is read.`;
    throw new UnreadableImageError('too_large', message);
  }
  return joined(pieces, before - budget.left);
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
