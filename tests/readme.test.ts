import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';

const sh = promisify(execFile);

/** The README with the contents of its code blocks made anew: programs as they are, outputs as they come. */
async function written(readme: string): Promise<string> {
  const pieces: string[] = [];
  for (const piece of readme.split(/^(```\w+[^\n]*\n[\s\S]*?^```)$/m)) pieces.push(await rewrite(piece));
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

/** Runs each command behind a `$` and sets what it prints, on either stream, below it. */
async function console_(body: string): Promise<string> {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  const ran = commands.map(async (line) => {
    const command = line.slice(2).replace('npx stageplan', `"${process.execPath}" dist/src/cli/main.js`);
    const { stdout } = await sh('sh', ['-c', `{ ${command}; } 2>&1 || true`]);
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

test.each(['README.md', 'docs/compile.md'])(
  '%s shows the programs as they are and what commands and programs really print',
  async (file) => {
    await expect(await written(readFileSync(file, 'utf8'))).toMatchFileSnapshot(`../${file}`);
  },
);

test('.ci/run runs the two commands of the README, as they stand there', () => {
  const [, commands = ''] = readFileSync('README.md', 'utf8').match(/^```sh\n([\s\S]*?)^```$/m) ?? [];
  expect(commands.trim().split('\n')).toHaveLength(2);
  expect(readFileSync('.ci/run', 'utf8')).toContain(commands);
});
