import { composeFound } from '../compose-found.ts';
import type { ComposedRun, ImportOptions } from '../compose-run.ts';
import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { UnreadableInputError } from '../errors/unreadable-input-error.ts';
import { checkLength } from '../infotext/infotext-text.ts';
import { detect } from '../readers/detect.ts';
import type { Detection, Source } from '../readers/reader.ts';
import { unknownJson } from '../readers/refuse-unknown.ts';
import { sourceText } from '../readers/source.ts';
import type { ImageFormat } from './image-container.ts';
import { readImageTexts } from './read-image-texts.ts';

/** The run that an image was made by, and the program that wrote it into the image. */
export interface ImageImport extends ComposedRun, Detection {
  readonly format: ImageFormat;
}

/**
 * Imports the run that made an image, from the texts in it. Only the metadata is read, never the pixels.
 *
 * @throws {UnreadableImageError} when it is too large, damaged, no PNG, JPEG, WebP or AVIF, or has no run in it.
 * @throws as {@link parseInfotext} does.
 */
export function importImage(bytes: Uint8Array, options: ImportOptions = {}): ImageImport {
  const { format, name, parts } = readImageTexts(bytes);
  const source = parts.map(({ keyword, text }) => sourceText(keyword, text));
  const found = detect(source);
  if (found === undefined) throw unreadable(name, source);
  return { format, ...composeFound(found, source, options) };
}

function unreadable(name: string, source: Source): Error {
  const parameters = source.find(({ keyword }) => keyword === 'parameters');
  if (parameters?.json !== undefined) {
    return unknownJson(parameters.json, Object.keys(parameters.json), `in a ${name}`);
  }
  if (parameters !== undefined) {
    checkLength(parameters.text);
    const message = `The text of the ${name} has no parameters that are known. Give an image that a WebUI saved with "Steps: ...".`;
    return new UnreadableInputError('no_parameters', message);
  }
  const others = source
    .slice(0, 5)
    .map(({ keyword }) => keyword)
    .join(', ');
  const found = others === '' ? 'no text at all' : `the texts ${others}, but no run that is known`;
  const writer = source.map(({ keyword }) => unreadWriters.get(keyword)).find((name) => name !== undefined);
  if (writer !== undefined)
    return new UnreadableImageError(
      'no_parameters',
      `The ${name} has ${found}: it is of ${writer}, whose texts are not read.`,
    );
  const advice = 'Give one that was saved with its metadata: sending a picture often takes it out.';
  return new UnreadableImageError('no_parameters', `The ${name} has ${found}. ${advice}`);
}

/** Writers that are known by a keyword, and not read. */
const unreadWriters: ReadonlyMap<string, string> = new Map([['Dream', 'InvokeAI before 2.0']]);
