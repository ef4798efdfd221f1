import type { Command } from 'commander';
import { visible } from '../visible.ts';
import type { Io } from './io.ts';
import { sentence } from './layout.ts';

/** What a folder is searched for. */
export interface Wanted {
  readonly names: RegExp;
  /** One such file, and what the others are not, by their names. */
  readonly one: string;
  readonly kinds: string;
}

export const images: Wanted = {
  names: /\.(png|jpe?g|webp|avif)$/i,
  one: 'image',
  kinds: 'PNG, JPEG, WebP or AVIF',
};
export const documents: Wanted = { names: /\.jsonc?$/i, one: 'JSON file', kinds: 'JSON or JSONC' };

/**
 * The files that names stand for, in the order of the names: every wanted file of a folder, every file that a pattern matches, or
 * the one of that name. `*` and `?` stay within a folder, `**` does not. What is passed over in folders is said.
 */
export async function findFiles(
  io: Io,
  command: Command,
  names: readonly string[],
  wanted: Wanted,
): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => filesOf(io, name, wanted)));
  const empty = names.find((_, index) => found[index]?.files.length === 0);
  if (empty !== undefined) command.error(`error: there is no ${wanted.one} in ${visible(empty)}`);
  const passedOver = found.flatMap((each) => each.passedOver);
  if (passedOver.length > 0) await io.err(sentence(sayPassedOver(passedOver, wanted), io.looks.err));
  return found.flatMap((each) => each.files);
}

/** The files that a name stands for, and those of a folder that are not wanted. */
interface Found {
  readonly files: readonly string[];
  readonly passedOver: readonly string[];
}

async function filesOf(io: Io, name: string, { names }: Wanted): Promise<Found> {
  const folder = await io.list(name);
  if (folder !== null) {
    const isWanted = (file: string) => names.test(file);
    return {
      files: sorted(folder.filter(isWanted)),
      passedOver: sorted(folder.filter((file) => !isWanted(file))),
    };
  }
  if (!/[*?]/.test(name)) return { files: [name], passedOver: [] };
  const base = name.slice(0, name.search(/[^/]*[*?]/));
  const pattern = patternOf(slashed(name));
  const files = (await io.list(base === '' ? '.' : base)) ?? [];
  return { files: sorted(files.filter((file) => pattern.test(slashed(file)))), passedOver: [] };
}

/** How many of the files that are passed over are named. */
const mostNamed = 5;

function sayPassedOver(files: readonly string[], { kinds }: Wanted): string {
  const named = files.slice(0, mostNamed).map(visible).join(', ');
  const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more` : '';
  const count = files.length === 1 ? '1 file is' : `${files.length} files are`;
  return `${count} passed over, being no ${kinds} by name: ${named}${more}. Name them to read them.`;
}

function sorted(files: readonly string[]): readonly string[] {
  return [...files].sort();
}

/** Windows parts folders by a backslash. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}

function patternOf(name: string): RegExp {
  const source = name
    .replace(/[.+^${}()|[\]]/g, '\\$&')
    .replaceAll('?', '[^/]')
    .replace(/\*\*\/|\*+/g, (stars) => (stars.startsWith('**') ? '.*' : '[^/]*'));
  return new RegExp(`^${source}$`);
}
