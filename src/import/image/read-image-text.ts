import exifReader, { type ExpandedTags } from 'exifreader';
import { z } from 'zod';
import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { checkContainer, type ImageFormat } from './image-container.ts';
import { decodeUserComment } from './user-comment.ts';

/** The largest image that is read, in bytes. A PNG of 4,096 by 4,096 pixels is about half of it. */
export const maxImageSize = 64 * 1024 * 1024;

/** The infotext of an image, as text. */
export interface ImageText {
  readonly format: ImageFormat;
  readonly text: string;
}

/**
 * Reads the infotext out of an image: the text "parameters" of a PNG, the UserComment of a JPEG or a WebP.
 *
 * @throws {UnreadableImageError} when it is too large, damaged, no image, or has no infotext.
 */
export function readImageText(bytes: Uint8Array): ImageText {
  if (bytes.length > maxImageSize) {
    const message = `The image has ${bytes.length} bytes, and at most ${maxImageSize} are read.`;
    throw new UnreadableImageError('too_large', message);
  }
  const { format, hasExif } = checkContainer(bytes);
  const { pngText, exif } = tagsOf(bytes);
  const parameters = pngText?.parameters;
  if (parameters !== undefined) return { format, text: parameters.value };
  const comment = UserComment.safeParse(exif?.UserComment);
  if (comment.success) return { format, text: decodeUserComment(Uint8Array.from(comment.data.value)) };
  if (hasExif && Object.keys(exif ?? {}).length === 0) throw damagedExif();
  const others = Object.keys(pngText ?? {})
    .slice(0, 5)
    .join(', ');
  const found = others === '' ? 'no text at all' : `the texts ${others}, but no parameters`;
  throw new UnreadableImageError(
    'no_parameters',
    `The image has ${found}. Give one that a WebUI saved with its infotext.`,
  );
}

const UserComment = z.object({ value: z.array(z.int()) });

function tagsOf(bytes: Uint8Array): ExpandedTags {
  const copy = new Uint8Array(bytes).buffer;
  try {
    return exifReader.load(copy, { expanded: true });
  } catch {
    throw damagedExif();
  }
}

function damagedExif(): UnreadableImageError {
  return new UnreadableImageError(
    'malformed',
    'The EXIF of the image is damaged. Save the image again, or give its infotext as text.',
  );
}
