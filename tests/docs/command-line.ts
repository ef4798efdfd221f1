import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCli } from '../../src/cli/program.ts';
import { openProducer } from '../../src/queue/open-producer.ts';
import { fakeIo } from '../cli/fake-io.ts';

const sh = promisify(execFile);

/** What a terminal of 88 columns shows fits beside a menu, and on a tablet. */
const columns = 88;

/**
 * What a line of a page prints when it is typed in a folder, on either stream.
 *
 * A plain `npx stageplan ...` runs in this process, since starting Node takes longer than most commands; a shell runs the rest.
 */
export async function printedBy(line: string, folder: string): Promise<string> {
  const plain = line.match(plainCommand);
  if (plain === null) return printedByShell(line, folder);
  const { echoed, words = '' } = plain.groups ?? {};
  const argv = Array.from(words.matchAll(word), ([quoted]) =>
    quoted.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
  let printed = '';
  const print = async (text: string | Uint8Array) => {
    printed += typeof text === 'string' ? text : new TextDecoder().decode(text);
  };
  await runCli(argv, {
    ...fakeIo({ columns, ...(echoed === undefined ? {} : { stdin: `${echoed}\n` }) }),
    open: (path) => createReadStream(resolve(folder, path)),
    list: (path) => filesIn(folder, path),
    openProducer,
    out: print,
    err: print,
  });
  return printed;
}

/** Characters that a shell takes as they are, and quotes in which it changes nothing. */
const word = /(?:[\w.,:=/@+%-]|"[^"$`\\]*"|'[^']*')+/g;

const plainCommand = new RegExp(
  `^(?:echo '(?<echoed>[^'\\\\]*)' \\| )?npx stageplan(?<words>(?: ${word.source})*)$`,
);

async function filesIn(folder: string, path: string): Promise<readonly string[] | null> {
  const entries = await readdir(resolve(folder, path), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = entries.filter((entry) => entry.isFile());
  return files.length === 0 ? null : files.map(({ parentPath, name }) => join(parentPath, name));
}

async function printedByShell(line: string, folder: string): Promise<string> {
  const command = line.replaceAll(
    'npx stageplan',
    `"${process.execPath}" "${resolve('dist/src/cli/main.js')}"`,
  );
  const env = { ...process.env, COLUMNS: String(columns), FORCE_COLOR: undefined };
  const { stdout } = await sh('sh', ['-c', `{ ${command}; } 2>&1 || true`], { env, cwd: folder });
  return stdout;
}
