import { UnknownShapeError } from '../errors/unknown-shape-error.ts';
import { jsonReaders } from './detect.ts';
import { type JsonRecord, textOf } from './entries.ts';

/** The keys under which programs name themselves. */
const nameKeys = ['software', 'Software', 'app', 'app_name', 'application', 'generator', 'creator', 'tool'];

/** The error for JSON that nobody wrote who is known: by its own name, or else by its keys. */
export function unknownJson(json: JsonRecord, foreign: readonly string[], where = ''): UnknownShapeError {
  const name = nameKeys.map((key) => textOf(json[key])).find((text) => text !== undefined);
  const keys = foreign.slice(0, 5).join(', ');
  const found = name === undefined ? `an object of ${keys === '' ? 'no keys' : keys}` : `JSON of ${name}`;
  const writers = [...new Set(['StableNew', ...jsonReaders.map(({ writer }) => writer), 'ComfyUI'])].join(
    ', ',
  );
  return new UnknownShapeError(`${found} ${where}`.trimEnd(), `JSON of these is read: ${writers}.`);
}
