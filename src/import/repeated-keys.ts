import type { RepeatedKey } from '../json-text.ts';
import type { Path } from './note.ts';
import { type NoteReading, remark } from './reading.ts';

/** A remark on every value that is lost because its key stands twice. The paths of the keys begin behind `outer`. */
export function remarkOnRepeated(repeated: readonly RepeatedKey[], outer: Path): readonly NoteReading[] {
  return repeated.map(({ path, lost }) =>
    remark([...outer, ...path], 'contradicted', `stands there twice: ${cut(lost)} is lost, the last counts`),
  );
}

const longestLost = 200;

function cut(text: string): string {
  return text.length > longestLost ? `${text.slice(0, longestLost)}…` : text;
}

/** The keys that stand twice within a part of the input, by their paths from there. */
export function repeatedWithin(repeated: readonly RepeatedKey[], part: Path): readonly RepeatedKey[] {
  return repeated
    .filter(({ path }) => isWithin(path, part))
    .map((key) => ({ ...key, path: key.path.slice(part.length) }));
}

/** Tells whether a path leads into a part of the input, and not to the part itself. */
export function isWithin(path: Path, part: Path): boolean {
  return path.length > part.length && part.every((step, index) => path[index] === step);
}
