import { type Command, Option } from 'commander';
import { isPlainObject } from '../../json.ts';
import { answerFiles, readBeside } from '../answer.ts';
import { type CompileTarget, compileTargets } from '../compile-targets.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { namedDocument } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, withPlanFlags } from '../plan-flags.ts';
import { readJson } from '../read-json.ts';

type Flags = PlanFlags &
  OutputFlags & { readonly to: CompileTarget; readonly url?: string; readonly inventory?: string };

/** `stageplan check`: whether a server has what a run asks for. It is asked for lists, and for nothing else. */
export function addCheck(program: Command, io: Io, exit: (code: number) => void): void {
  const command: Command = program
    .command('check')
    .description('look whether a server has the models, samplers and upscalers of a RunConfig or a plan')
    .argument('[file]', 'RunConfig or plan file, or - for standard input')
    .addOption(new Option('--to <target>', 'the backend').choices(compileTargets).makeOptionMandatory())
    .option('--url <address>', 'where the server listens')
    .addOption(
      new Option('--inventory <file>', "JSON with the server's answers by their paths").conflicts('url'),
    );
  withOutputFlags(withPlanFlags(command)).action(async (named: string | undefined, flags: Flags) => {
    if (flags.url === undefined && flags.inventory === undefined)
      command.error('error: say where the server is with --url, or what it has with --inventory');
    if (flags.url !== undefined && !isAddress(flags.url))
      command.error(
        'error: --url must be http://HOST:PORT or https://HOST, without a password: where a server asks for one, hand over its answers with --inventory',
      );
    const file = namedDocument(io, command, named);
    const { checkDocument, inventoryOf, pathsOf } = await import('../check-answers.ts');
    const { to, inventory, url = '' } = flags;
    const read =
      inventory === undefined
        ? await readBeside(io, url, flags, () => fetched(io, url, pathsOf(to)))
        : await readBeside(io, inventory, flags, () => savedAnswers(io, inventory));
    if ('code' in read) return exit(read.code);
    const has = inventoryOf(to, read.value);
    const answer = answerFiles(io, [file], flags, async (document, source) =>
      checkDocument(document, has, flags, source),
    );
    exit(await answer);
  });
}

/** An address that can be asked. A password in it would be told wherever the address is, and nobody is asked by one. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username + password === '';
}

async function savedAnswers(io: Io, file: string): Promise<Readonly<Record<string, unknown>>> {
  const answers = await readJson(io, file);
  if (isPlainObject(answers)) return answers;
  throw new InputError(`${file} must hold an object: the answers of the server by their paths.`);
}

async function fetched(
  io: Io,
  url: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const base = url.replace(/\/$/, '');
  try {
    const answers = paths.map(async (path) => [path, await io.get(base + path)] as const);
    return Object.fromEntries(await Promise.all(answers));
  } catch {
    throw new InputError(`No server answers at ${base} with JSON. Is it running, with its API switched on?`);
  }
}
