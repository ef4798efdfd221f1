import type { Io } from './io.ts';

const images = /\.(png|jpe?g|webp|avif)$/i;

/** The files that a name stands for, and those of a folder that are passed over because they are no images. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly passedOver: readonly string[];
}

/**
 * The files that a name stands for, in the order of their names: every image of a folder, every file that a pattern
 * matches, or the one of that name. `*` and `?` stay within a folder, `**` does not.
 */
export async function findFiles(io: Io, name: string): Promise<FoundFiles> {
  const folder = await io.list(name);
  if (folder !== null) {
    const isImage = (file: string) => images.test(file);
    return {
      files: sorted(folder.filter(isImage)),
      passedOver: sorted(folder.filter((file) => !isImage(file))),
    };
  }
  if (!/[*?]/.test(name)) return { files: [name], passedOver: [] };
  const base = name.slice(0, name.search(/[^/]*[*?]/));
  const pattern = patternOf(slashed(name));
  const files = (await io.list(base === '' ? '.' : base)) ?? [];
  return { files: sorted(files.filter((file) => pattern.test(slashed(file)))), passedOver: [] };
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
