import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';

const sh = promisify(execFile);

/** A page with the contents of its code blocks made anew: programs as they are, outputs as they come. */
async function written(page: string): Promise<string> {
  const pieces: string[] = [];
  for (const piece of page.split(/^(```\w+[^\n]*\n[\s\S]*?^```)$/m)) pieces.push(await rewrite(piece));
  return pieces.join('');
}

async function rewrite(piece: string): Promise<string> {
  const [, language, file = '', body = ''] = piece.match(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/m) ?? [];
  if (language === 'console') return block(language, '', await console_(body));
  if (language === 'ts') return block(language, file, readFileSync(file, 'utf8'));
  if (language === 'text') return block(language, file, await printed(file));
  return piece;
}

function block(language: string, file: string, body: string): string {
  return `\`\`\`${[language, file].join(' ').trim()}\n${body}\`\`\``;
}

/** Pages show what a terminal of 88 columns shows: that much fits beside a menu, and on a tablet. */
const env = { ...process.env, COLUMNS: '88', FORCE_COLOR: undefined };

/** Runs each command behind a `$` and sets what it prints, on either stream, below it. */
async function console_(body: string): Promise<string> {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  const ran = commands.map(async (line) => {
    const command = line.slice(2).replace('npx stageplan', `"${process.execPath}" dist/src/cli/main.js`);
    const { stdout } = await sh('sh', ['-c', `{ ${command}; } 2>&1 || true`], { env });
    return `${line}\n${stdout}`;
  });
  return (await Promise.all(ran)).join('');
}

async function printed(file: string): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(/* @vite-ignore */ `../${file}`);
  const lines = log.mock.calls.map((words) => words.join(' '));
  log.mockRestore();
  return `${lines.join('\n')}\n`;
}

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((page) => `docs/${page}`),
];

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
