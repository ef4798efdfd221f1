import { sequenceNames } from '../../machines/sequences.ts';

const files = import.meta.glob<string>('./layouts/*.svg', { eager: true, query: '?raw', import: 'default' });

/** The committed layout of each sequence, by its name, as SVG text for `tellStory`. */
export const pictures: ReadonlyMap<string, string> = new Map(
  sequenceNames.map((name) => [name, files[`./layouts/${name}.svg`] ?? '']),
);
