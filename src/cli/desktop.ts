import { platform } from 'node:os';

/** What a command that serves a page needs of the reader's desktop. */
export interface Desktop {
  /** Aborts on Ctrl-C, which from the first call on no longer ends the process by itself. */
  readonly interrupted: () => AbortSignal;
  /** Opens a page in the reader's browser. Where nothing can open one, nothing happens. */
  readonly openPage: (url: string) => Promise<void>;
}

/** A desktop with no browser, on which nobody presses Ctrl-C. */
export const noDesktop: Desktop = {
  interrupted: () => new AbortController().signal,
  openPage: async () => {},
};

/** The desktop that this process runs on. */
export const desktop: Desktop = {
  interrupted: () => {
    const controller = new AbortController();
    process.once('SIGINT', () => controller.abort());
    process.once('SIGTERM', () => controller.abort());
    return controller.signal;
  },
  openPage: async (url) => {
    // Loaded only here: it takes a tenth of the time that a plan takes from the start of the process.
    const { spawn } = await import('node:child_process');
    const [command, ...first] = openerOn(platform());
    const opener = spawn(command, [...first, url], { detached: true, stdio: 'ignore' });
    opener.on('error', () => undefined);
    opener.unref();
  },
};

/** The command that opens a page, by the name that Node has for the system. */
export function openerOn(system: string): readonly [string, ...string[]] {
  if (system === 'darwin') return ['open'];
  return system === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
}
