import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const chromiumPath = process.env.STAGEPLAN_CHROMIUM ?? '/usr/bin/chromium';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page, with every address that it asked for and every error that it logged. */
export interface WatchedPage {
  readonly page: Page;
  readonly asked: readonly string[];
  readonly errors: readonly string[];
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: quiet });
}

/** Opens an address in a fresh profile. Clipboard and downloads are allowed. */
export async function watch(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const asked: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  await page.goto(address);
  return { page, asked, errors };
}
