import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { printedBy } from './command-line.ts';

/** A block of code in a page, with the words behind its three backticks. */
export interface Block {
  readonly language: string;
  /** The file that it shows, or whose output it shows; "" where none is named. */
  readonly file: string;
  readonly body: string;
}

const fence = /^```(\w*) ?(\S*)\n([\s\S]*?)^```$/m;

/** The blocks of code of a page, in their order. */
export function blocksOf(text: string): readonly Block[] {
  return pieces(text).flatMap(blockOf);
}

/** A page with the contents of its blocks made anew: files as they are, outputs as they come. */
export async function written(text: string): Promise<string> {
  const folder = text.match(/^<!-- Commands run in (\S+)\. -->$/m)?.[1] ?? '.';
  const made: string[] = [];
  for (const piece of pieces(text)) {
    const [block] = blockOf(piece);
    made.push(block === undefined ? piece : fenced({ ...block, body: await bodyOf(block, folder) }));
  }
  return made.join('');
}

/** Every page of Markdown that people read, but for what tools wrote of the source. */
export const pages: readonly string[] = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'].filter((page) => existsSync(page)),
  ...['docs', 'examples', 'examples/many-boxes', 'examples/one-box'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
];

function pieces(text: string): readonly string[] {
  return text.split(/^(```[^\n]*\n[\s\S]*?^```)$/m);
}

function blockOf(piece: string): readonly Block[] {
  const [, language = '', file = '', body = ''] = piece.match(fence) ?? [];
  return piece.startsWith('```') ? [{ language, file, body }] : [];
}

function fenced({ language, file, body }: Block): string {
  return `\`\`\`${[language, file].join(' ').trim()}\n${body}\`\`\``;
}

async function bodyOf({ language, file, body }: Block, folder: string): Promise<string> {
  if (language === 'console') return session(body, folder);
  if (file === '') return body;
  return language === 'text' && file.endsWith('.ts') ? printed(file) : readFileSync(file, 'utf8');
}

/** Runs each command behind a `$`, and sets what it prints below it. */
async function session(body: string, folder: string): Promise<string> {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  const ran = commands.map(async (line) => `${line}\n${await printedBy(line.slice(2), folder)}`);
  return (await Promise.all(ran)).join('');
}

/** What a program prints, remembered: it runs when it is first imported, and several pages may show it. */
const outputs = new Map<string, Promise<string>>();

function printed(file: string): Promise<string> {
  const output = outputs.get(file) ?? run(file);
  outputs.set(file, output);
  return output;
}

async function run(file: string): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(/* @vite-ignore */ `../../${file}`);
  const lines = log.mock.calls.map((words) => words.join(' '));
  log.mockRestore();
  return `${lines.join('\n')}\n`;
}
