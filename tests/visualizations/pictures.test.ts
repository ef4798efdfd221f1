import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sequenceNames, sequences } from '../../machines/sequences.ts';
import {
  drawJourney,
  drawSequence,
  journeyOfRun,
  layOut,
  type PictureFormat,
  sequenceGraph,
} from '../../visualizations/index.ts';

const extensions: readonly (readonly [PictureFormat, string])[] = [
  ['mermaid', 'mmd'],
  ['dot', 'dot'],
  ['svg', 'svg'],
  ['json', 'json'],
];
const pictures = Object.entries(sequences).flatMap(([name, sequence]) =>
  extensions.map(([format, extension]) => ({ file: `${name}.${extension}`, sequence, format })),
);

test.each(pictures)(
  'visualizations/$file is what the machine draws today',
  async ({ file, sequence, format }) => {
    await expect(await drawSequence(sequence, format)).toMatchFileSnapshot(`../../visualizations/${file}`);
  },
);

test.each(sequenceNames)(
  'the layout of %s that the explorer carries is what Graphviz makes today',
  async (name) => {
    const layout = await layOut(sequenceGraph(name));
    await expect(layout).toMatchFileSnapshot(`../../visualizations/explorer/layouts/${name}.svg`);
  },
);

test.each(['full-chain', 'rejected'])('docs/%s.svg is what examples/%s.json draws today', async (example) => {
  const run = JSON.parse(readFileSync(`examples/${example}.json`, 'utf8'));
  const svg = await drawJourney(journeyOfRun(run), 'svg');
  await expect(svg).toMatchFileSnapshot(`../../docs/${example}.svg`);
});
