import type { Desktop } from '../../src/cli/desktop.ts';
import type { Io } from '../../src/cli/io.ts';
import { plainLook } from '../../src/cli/look.ts';
import { OutputError } from '../../src/cli/output-error.ts';
import { runCli } from '../../src/cli/program.ts';
import { NoRedisError, type OpenProducer } from '../../src/queue/open-producer.ts';

export interface Outside {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly stdinSize?: number;
  readonly threads?: Io['threads'];
  /** What is written over the last line of standard error comes in here. */
  readonly rewritten?: string[];
  /** Told each text that is printed. */
  readonly onOut?: (text: string) => void;
  readonly terminal?: boolean;
  readonly color?: boolean;
  readonly columns?: number;
  readonly desk?: Desktop;
  /** What servers answer, by the whole address. */
  readonly server?: Readonly<Record<string, unknown>>;
  /** Standard output fails with this code once so many texts are out. */
  readonly failing?: { readonly code: string; readonly after: number };
  /** What hands plans in, or why nothing does. Default: no Redis answers. */
  readonly producer?: OpenProducer | Error;
  /** What is written comes in here. */
  readonly saved?: Record<string, string>;
}

/** A world without threads. */
const noThreads: Io['threads'] = () => Promise.reject(new Error('There are no threads here.'));

/** Runs the command line in this process, with a world made of strings. */
export async function run(argv: readonly string[], outside: Outside = {}) {
  const printed = { out: '', err: '' };
  const code = await runCli(argv, fakeIo(outside, printed), outside.desk);
  return { code, ...printed };
}

function textOf(written: string | Uint8Array): string {
  return typeof written === 'string' ? written : Buffer.from(written).toString();
}

/** A world made of strings. What is printed is added to `printed`. */
export function fakeIo(outside: Outside = {}, printed = { out: '', err: '' }): Io {
  const { files = {}, stdin, stdinSize, rewritten, terminal = false, failing } = outside;
  const { color, columns } = { ...plainLook, ...outside };
  const look = { color, columns };
  let outs = 0;
  const saved = outside.saved ?? {};
  return {
    open: (path) => chunks(files[path] ?? missing(path)),
    list: async (path) => listed(Object.keys(files), path),
    create: async (path) => {
      let begun = '';
      return {
        write: async (text) => {
          begun += textOf(text);
        },
        keep: async () => {
          saved[path] = begun;
        },
        drop: async () => {},
      };
    },
    get: async (url) => {
      if (outside.server === undefined) throw new Error(url);
      return outside.server[url] ?? null;
    },
    openProducer: async (address) => {
      if (outside.producer === undefined) throw new NoRedisError(address, 'nobody answers');
      if (outside.producer instanceof Error) throw outside.producer;
      return outside.producer;
    },
    stdin: typeof stdin === 'string' || stdin instanceof Uint8Array ? chunks(stdin) : (stdin ?? chunks('')),
    stdinSize,
    piped: stdin !== undefined,
    threads: outside.threads ?? noThreads,
    rewrite: rewritten === undefined ? undefined : (line) => void rewritten.push(line),
    out: async (written) => {
      const text = textOf(written);
      if (failing !== undefined && outs >= failing.after) throw new OutputError(failing.code);
      outs += 1;
      printed.out += text;
      outside.onOut?.(text);
    },
    err: async (text) => {
      printed.err += text;
    },
    version: '1.2.3',
    terminal,
    looks: { out: look, err: look },
  };
}

/** Bytes in small pieces, as a pipe gives them. */
async function* chunks(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const size = Math.max(7, Math.ceil(bytes.length / 100));
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** A folder is what any file lies in; "." is the one that all lie in. */
function listed(files: readonly string[], path: string): readonly string[] | null {
  const folder = path.replace(/^\.\//, '').replace(/\/?$/, '/');
  const inside = path === '.' ? files : files.filter((file) => file.startsWith(folder));
  return inside.length === 0 || files.includes(path) ? null : inside;
}

function missing(path: string): never {
  throw Object.assign(new Error(path), { code: path.includes('.') ? 'ENOENT' : 'EISDIR' });
}
