import type { Io } from './io.ts';

const images = /\.(png|jpe?g|webp|avif)$/i;

/**
 * The files that a name stands for, in the order of their names: every image of a folder, every file that a pattern
 * matches, or the one of that name. `*` and `?` stay within a folder, `**` does not.
 */
export async function findFiles(io: Io, name: string): Promise<readonly string[]> {
  const folder = await io.list(name);
  if (folder !== null) return sorted(folder.filter((file) => images.test(file)));
  if (!/[*?]/.test(name)) return [name];
  const base = name.slice(0, name.search(/[^/]*[*?]/));
  const pattern = patternOf(slashed(name));
  const files = (await io.list(base === '' ? '.' : base)) ?? [];
  return sorted(files.filter((file) => pattern.test(slashed(file))));
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
