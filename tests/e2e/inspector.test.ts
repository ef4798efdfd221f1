import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildStagePlan, explainStagePlan, parseRunConfig } from '../../src/index.ts';
import { launch, watch } from './browser.ts';
import { startCommand } from './command.ts';

const offline = ['--offline', '--no-open', '--port', '0', '--speed', '40'];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(() => browser.close());

test('the offline inspector shows every event of a walk in order, then its last state', async () => {
  const file = 'examples/full-chain.json';
  const { page, code, asked, errors, address } = await inspect(file, 'planned');
  const plan = buildStagePlan(configIn(file));
  const shown = await shownEvents(page);
  expect(shown.filter((event) => !event.startsWith('xstate.'))).toEqual(plan.events);
  expect(await page.locator('.state.current').getAttribute('data-state')).toBe('complete');
  expect(await page.locator('#status').textContent()).toBe('The walk is over: the run has a plan.');
  expect(code).toBe(0);
  expect(errors).toEqual([]);
  expect(asked.filter((url) => !isOf(address, url))).toEqual([]);
});

test('the offline inspector shows where a rejected run is refused, and why', async () => {
  const file = 'examples/rejected.json';
  const { page, code, asked, errors, address } = await inspect(file, 'rejected');
  const { rejections } = explainStagePlan(configIn(file));
  expect(await page.locator('#reasons li').allTextContents()).toEqual(
    rejections.map(({ message }) => message),
  );
  expect(await page.locator('.state.ended').getAttribute('data-state')).toBe('start');
  expect(code).toBe(1);
  expect(errors).toEqual([]);
  expect(asked.filter((url) => !isOf(address, url))).toEqual([]);
});

/** Plays a config into a page, until the page has the verdict and the command has ended by itself. */
async function inspect(file: string, verdict: string) {
  const command = await startCommand(['inspect', file, ...offline]);
  const watched = await watch(browser, command.address);
  await watched.page.locator(`body[data-verdict="${verdict}"]`).waitFor();
  return { ...watched, address: command.address, code: await command.ended() };
}

function configIn(file: string) {
  return parseRunConfig(JSON.parse(readFileSync(file, 'utf8')));
}

async function shownEvents(page: Page): Promise<readonly string[]> {
  const items = await page.locator('#events li').all();
  return Promise.all(items.map(async (item) => (await item.getAttribute('data-event')) ?? ''));
}

/** Tells whether a request or a socket goes back to the server that the page came from. */
function isOf(address: string, url: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol === 'data:' || host === new URL(address).host;
}
