import { sequenceNames } from '../../machines/sequences.ts';

const files = import.meta.glob<string>('../*.svg', { eager: true, query: '?raw', import: 'default' });

/** The committed picture of each sequence, by its name, as SVG text. */
export const pictures: ReadonlyMap<string, string> = new Map(
  sequenceNames.map((name) => [name, files[`../${name}.svg`] ?? '']),
);
