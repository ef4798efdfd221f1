import exifReader from 'exifreader';
import * as z from 'zod';
import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import type { ImageTextPart } from './read-image-texts.ts';
import { decodeUserComment } from './user-comment.ts';

/** The texts of an image's EXIF, and whether there is any EXIF at all. */
export interface ExifTexts {
  readonly parts: readonly ImageTextPart[];
  readonly isEmpty: boolean;
}

const Bytes = z.object({ value: z.array(z.int()) });
const Text = z.object({ value: z.tuple([z.string()]) });

/** A UserComment that stands outside of its directory, as Fooocus writes it, has no name there. */
const strayUserComment = 'undefined-37510';

/** Tags in which ComfyUI's nodes keep "prompt:{...}" and "workflow:{...}". */
const graphTags = ['Make', 'Model', 'ImageDescription'];

/**
 * Reads the texts out of EXIF. A UserComment is what a PNG has under "parameters".
 *
 * @throws {UnreadableImageError} when the EXIF is damaged.
 */
export function readExifTexts(bytes: Uint8Array): ExifTexts {
  const { exif = {} } = load(bytes);
  const tags = new Map<string, unknown>(Object.entries(exif));
  return {
    isEmpty: tags.size === 0,
    parts: [
      ...userComment(tags.get('UserComment')),
      ...userComment(tags.get(strayUserComment)),
      ...graphTags.flatMap((tag) => graph(tags.get(tag))),
      ...description(tags.get('ImageDescription')),
    ],
  };
}

function load(bytes: Uint8Array) {
  const copy = new Uint8Array(bytes).buffer;
  try {
    return exifReader.load(copy, { expanded: true, includeUnknown: true });
  } catch {
    throw damagedExif();
  }
}

/** The error for EXIF that cannot be read. */
export function damagedExif(): UnreadableImageError {
  return new UnreadableImageError(
    'malformed',
    'The EXIF of the image is damaged. Save the image again, or give its infotext as text.',
  );
}

function userComment(tag: unknown): readonly ImageTextPart[] {
  const bytes = Bytes.safeParse(tag);
  if (bytes.success)
    return [{ keyword: 'parameters', text: decodeUserComment(Uint8Array.from(bytes.data.value)) }];
  const text = Text.safeParse(tag);
  return text.success ? [{ keyword: 'parameters', text: text.data.value[0] }] : [];
}

/** Some tools put the text of a picture where cameras describe theirs. */
function description(tag: unknown): readonly ImageTextPart[] {
  const text = Text.safeParse(tag);
  if (!text.success || graph(tag).length > 0) return [];
  return [{ keyword: 'ImageDescription', text: text.data.value[0] }];
}

function graph(tag: unknown): readonly ImageTextPart[] {
  const text = Text.safeParse(tag);
  if (!text.success) return [];
  const found = /^(prompt|workflow): ?(\{.{0,4000000})$/is.exec(text.data.value[0]);
  return found === null ? [] : [{ keyword: String(found[1]).toLowerCase(), text: String(found[2]) }];
}
