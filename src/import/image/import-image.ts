import type { ComposedRun, ImportOptions } from '../compose-run.ts';
import { parseInfotext } from '../infotext/parse-infotext.ts';
import type { ImageFormat } from './image-container.ts';
import { readImageText } from './read-image-text.ts';

/** The run that an image was made by. */
export interface ImageImport extends ComposedRun {
  readonly format: ImageFormat;
}

/**
 * Imports the run that made an image, from the infotext in it. Only the metadata is read, never the pixels.
 *
 * @throws {UnreadableImageError} when it is too large, damaged, no PNG, JPEG or WebP, or has no infotext.
 * @throws as {@link parseInfotext} does.
 */
export function importImage(bytes: Uint8Array, options: ImportOptions = {}): ImageImport {
  const { format, text } = readImageText(bytes);
  return { format, ...parseInfotext(text, options) };
}
