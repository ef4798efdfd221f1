import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pages, written } from './docs/page.ts';

test.each(pages)(
  '%s shows the programs as they are and what commands and programs really print',
  async (page) => {
    await expect(await written(readFileSync(page, 'utf8'))).toMatchFileSnapshot(`../${page}`);
  },
);

test.each(pages)('every file that %s links or names as a test is there', (page) => {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) =>
    join(dirname(page), link),
  );
  const tests = [...text.matchAll(/`(tests\/[\w/.-]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect([...links, ...tests].filter((file) => !existsSync(file))).toEqual([]);
});

test('.ci/run runs the two commands of the README, as they stand there', () => {
  const [, commands = ''] = readFileSync('README.md', 'utf8').match(/^```sh\n([\s\S]*?)^```$/m) ?? [];
  expect(commands.trim().split('\n')).toHaveLength(2);
  expect(readFileSync('.ci/run', 'utf8')).toContain(commands);
});
