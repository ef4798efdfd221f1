import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { hasParameters } from '../infotext/parse-infotext.ts';
import { readExifTexts } from './exif-texts.ts';
import { checkContainer, type ImageFormat } from './image-container.ts';
import { readPngTexts } from './png-texts.ts';
import { xmpDescription, xmpKeyword } from './xmp-description.ts';

/** The largest image that is read, in bytes. A PNG of 4,096 by 4,096 pixels is about half of it. */
export const maxImageSize = 64 * 1024 * 1024;

/** A text of an image, and the keyword that it stands under. */
export interface ImageTextPart {
  readonly keyword: string;
  readonly text: string;
}

/** Every text of an image. */
export interface ImageTexts {
  readonly format: ImageFormat;
  /** The format for people: "animated WebP". */
  readonly name: string;
  readonly parts: readonly ImageTextPart[];
}

/**
 * Reads the texts out of an image: the chunks of a PNG, the EXIF and XMP of any other, the comments of a JPEG. The pixels are
 * never read.
 *
 * @throws {UnreadableImageError} when it is too large, damaged, or no image.
 */
export function readImageTexts(bytes: Uint8Array): ImageTexts {
  if (bytes.length > maxImageSize) {
    const message = `The image has ${bytes.length} bytes, and at most ${maxImageSize} are read.`;
    throw new UnreadableImageError('too_large', message);
  }
  const { format, name, exif, texts } = checkContainer(bytes);
  const chunks = readPngTexts(texts).map(describe);
  if (exif === undefined) return { format, name, parts: chunks };
  const isReadAnyway = chunks.some(({ keyword }) => keyword === 'parameters');
  const found = isReadAnyway ? attemptExif(exif) : readExifTexts(exif);
  return { format, name, parts: [...chunks, ...found] };
}

/** An XMP packet whose description is an infotext stands for it. */
function describe(part: ImageTextPart): ImageTextPart {
  const description = part.keyword === xmpKeyword ? xmpDescription(part.text) : undefined;
  return description === undefined || !hasParameters(description)
    ? part
    : { keyword: 'parameters', text: description };
}

/** Beside good parameters an EXIF that is damaged keeps nobody from them. */
function attemptExif(exif: Uint8Array): readonly ImageTextPart[] {
  try {
    return readExifTexts(exif);
  } catch {
    return [];
  }
}
