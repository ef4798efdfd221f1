import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { brokenLinks } from './docs/links.ts';
import { blocksOf, pages, written } from './docs/page.ts';

const read = (page: string) => readFileSync(page, 'utf8');

test.each(pages)(
  '%s shows the programs as they are and what commands and programs really print',
  async (page) => {
    await expect(await written(read(page))).toMatchFileSnapshot(`../${page}`);
  },
);

const blocks = pages.flatMap((page) => blocksOf(read(page)).map((block) => ({ page, ...block })));

test('every block of code is one that the tests look at, and is told apart by its language', () => {
  const made = ['console', 'js', 'ts', 'text'];
  const unnamed = blocks.filter(
    ({ language, file }) => made.includes(language) && language !== 'console' && file === '',
  );
  const others = blocks.filter(({ language }) => ![...made, 'json', 'python', 'sh'].includes(language));
  const empty = blocks.filter(({ body }) => body.trim() === '');
  expect([...unnamed, ...others, ...empty]).toEqual([]);
});

test('JSON in pages is JSON', () => {
  const json = blocks.filter(({ language }) => language === 'json');
  expect(json.length).toBeGreaterThan(0);
  for (const { body } of json) expect(() => JSON.parse(body)).not.toThrow();
});

test('commands in pages call scripts, programs and commands that there are', () => {
  const shells = blocks.filter(({ language }) => language === 'sh').map(({ body }) => body);
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
    read('package.json'),
  );
  const named = (pattern: RegExp) =>
    shells.flatMap((body) => Array.from(body.matchAll(pattern), ([, name = '']) => name));
  const unknown = [
    ...named(/npm run ([\w:-]+)/g).filter((script) => !Object.hasOwn(scripts, script)),
    ...named(/npx tsx (?:examples\/)?(\S+)/g).filter((program) => !existsSync(`examples/${program}`)),
    ...named(/npx stageplan (\w+)/g).filter((command) => !existsSync(`src/cli/commands/${command}.ts`)),
  ];
  expect(unknown).toEqual([]);
});

test.skipIf(spawnSync('python3', ['--version']).status !== 0)('programs in Python run', () => {
  const programs = blocks.filter(({ language }) => language === 'python').map(({ body }) => body);
  const command = [process.execPath, resolve('dist/src/cli/main.js')].map((word) => JSON.stringify(word));
  const ran = programs.map((program) =>
    execFileSync('python3', ['-c', program.replace('"npx", "stageplan"', command.join(', '))], {
      encoding: 'utf8',
    }),
  );
  expect(ran).toEqual(['1-txt2img\n1-txt2img\n1-txt2img\n']);
});

const apiPages = readdirSync('docs/api').map((page) => `docs/api/${page}`);

test.each([...pages, ...apiPages, 'CHANGELOG.md'])(
  'every link of %s leads to a file, and to a heading of it',
  (page) => {
    expect(brokenLinks(page)).toEqual([]);
  },
);

test('docs/index.md, which is the menu of the site, links every page', () => {
  const index = read('docs/index.md');
  const others = pages
    .filter((page) => /^docs\/(?!index)/.test(page))
    .map((page) => page.replace('docs/', ''));
  expect(others.filter((page) => !index.includes(`](${page}): `))).toEqual([]);
});

test('docs/api has a page for each entry of the package, with a heading for each name that it exports', () => {
  const { exports }: { readonly exports: Readonly<Record<string, string | { readonly default: string }>> } =
    JSON.parse(read('package.json'));
  const named = Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target === 'string') return [];
    const source = read(target.default.replace('./dist/', '').replace('.js', '.ts'));
    const names = Array.from(source.matchAll(/^export (?:type )?\{([^}]+)\}/gm), ([, list = '']) =>
      list.split(',').map((name) => name.replace('type ', '').trim()),
    );
    return [
      [`docs/api/${entry === '.' ? 'stageplan' : entry.slice(2)}.md`, names.flat().filter(Boolean)] as const,
    ];
  });
  for (const [page, names] of named) {
    const headings = Array.from(read(page).matchAll(/^### (\w+)/gm), ([, name]) => name);
    expect([...new Set(headings)].toSorted(), page).toEqual(names.toSorted());
  }
  expect(apiPages.toSorted()).toEqual(['docs/api/index.md', ...named.map(([page]) => page)].toSorted());
});

test('docs/cli.md has the help of every command', () => {
  const asked = Array.from(
    read('docs/cli.md').matchAll(/^\$ npx stageplan (\w+) --help$/gm),
    ([, name]) => name,
  );
  const commands = readdirSync('src/cli/commands').map((file) => file.replace('.ts', ''));
  expect(asked.toSorted()).toEqual(commands.toSorted());
});

test('every file that a page names as a test is there', () => {
  const named = pages.flatMap((page) =>
    Array.from(read(page).matchAll(/`(tests\/[\w/.-]+\.test\.ts)`/g), ([, file = '']) => file),
  );
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

test('.ci/run runs the two commands of the README, as they stand there', () => {
  const [, commands = ''] = read('README.md').match(/^```sh\n([\s\S]*?)^```$/m) ?? [];
  expect(commands.trim().split('\n')).toHaveLength(2);
  expect(read('.ci/run')).toContain(commands);
});
