import { spawn } from 'node:child_process';
import { platform } from 'node:os';

/** What a command that serves a page needs of the reader's desktop. */
export interface Desktop {
  /** Aborts on Ctrl-C, which from the first call on no longer ends the process by itself. */
  readonly interrupted: () => AbortSignal;
  /** Opens a page in the reader's browser. Where nothing can open one, nothing happens. */
  readonly openPage: (url: string) => void;
}

/** A desktop with no browser, on which nobody presses Ctrl-C. */
export const noDesktop: Desktop = {
  interrupted: () => new AbortController().signal,
  openPage: () => undefined,
};

/** The desktop that this process runs on. */
export const desktop: Desktop = {
  interrupted: () => {
    const controller = new AbortController();
    process.once('SIGINT', () => controller.abort());
    process.once('SIGTERM', () => controller.abort());
    return controller.signal;
  },
  openPage: (url) => {
    const [command, ...first] = openers[platform()] ?? ['xdg-open'];
    const opener = spawn(command, [...first, url], { detached: true, stdio: 'ignore' });
    opener.on('error', () => undefined);
    opener.unref();
  },
};

const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
