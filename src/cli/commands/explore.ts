import { once } from 'node:events';
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { builtPage } from '../built-page.ts';
import type { Desktop } from '../desktop.ts';
import { exitCodes, type Io } from '../io.ts';
import { servePage } from '../serve-page.ts';
import { highestPort, wholeNumber } from '../whole-number.ts';
import { withSetup } from '../with-setup.ts';

interface ExploreFlags {
  readonly port: number;
  readonly open: boolean;
}

/** `stageplan explore`: the explorer page, served on 127.0.0.1 until Ctrl-C. */
export function addExplore(program: Command, io: Io, exit: (code: number) => void, desk: Desktop): void {
  program
    .command('explore')
    .description('switch stages on and off in a page on 127.0.0.1, and see the plan')
    .addOption(
      wholeNumber('--port <number>', 'the port to serve on; 0: any free one', highestPort).default(0),
    )
    .option('--no-open', 'print the address, but open no browser')
    .action(async (flags: ExploreFlags) => {
      const { code, complaint } = await withSetup(io, () => explore(io, desk, flags));
      await io.err(complaint?.() ?? '');
      exit(code);
    });
}

async function explore(io: Io, desk: Desktop, { port, open }: ExploreFlags): Promise<Answer> {
  const html: Uint8Array[] = [];
  for await (const bytes of io.open(builtPage)) html.push(bytes);
  const interrupted = once(desk.interrupted(), 'abort');
  const page = await servePage(Buffer.concat(html).toString(), port);
  try {
    await io.out(`${page.address} is the explorer. Ctrl-C ends it.\n`);
    if (open) await desk.openPage(page.address);
    await interrupted;
  } finally {
    await page.close();
  }
  return { code: exitCodes.fine, data: null };
}
