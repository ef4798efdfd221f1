import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildStagePlan, explainStagePlan, parseRunConfig } from '../../src/index.ts';
import { launch, watch } from './browser.ts';
import { startCommand } from './command.ts';
import { objections } from './explorer-page.ts';

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
  const { page, code, asked, errors, address } = await inspect(file, 'planned', { colorScheme: 'dark' });
  const plan = buildStagePlan(configIn(file));
  const shown = await shownEvents(page);
  expect(shown.filter((event) => !event.startsWith('xstate.'))).toEqual(plan.events);
  expect(await page.locator('.state.current').getAttribute('data-state')).toBe('complete');
  expect(await page.locator('#status').textContent()).toBe('The walk is over: the run has a plan.');
  expect(await objections(page)).toEqual([]);
  expect(code).toBe(0);
  expect(errors).toEqual([]);
  expect(asked.filter((url) => !isOf(address, url))).toEqual([]);
});

test('the offline inspector shows where a rejected run is refused, and why', async () => {
  const file = 'examples/rejected.json';
  const { page, code, asked, errors, address } = await inspect(file, 'rejected', {
    viewport: { width: 820, height: 1000 },
    forcedColors: 'active',
  });
  const { rejections } = explainStagePlan(configIn(file));
  expect(await page.locator('#reasons li').allTextContents()).toEqual(
    rejections.map(({ message }) => message),
  );
  expect(await page.locator('.state.ended').getAttribute('data-state')).toBe('start');
  expect(await objections(page)).toEqual([]);
  expect(code).toBe(1);
  expect(errors).toEqual([]);
  expect(asked.filter((url) => !isOf(address, url))).toEqual([]);
});

test('the offline inspector goes back and forth and plays again, also after its server has gone', async () => {
  const { page } = await inspect('examples/full-chain.json', 'planned');
  const current = () => page.locator('.state.current').getAttribute('data-state');
  expect(await page.locator('h1').textContent()).toBe('harbour-portrait');
  await expect
    .poll(() => page.locator('#server').textContent())
    .toContain('has ended. This page keeps the walk.');
  await page.getByRole('button', { name: 'Back' }).click();
  expect(await current()).toBe('adetailer');
  expect(await page.locator('[data-event="plan.finished"] .badge').first().isVisible()).toBe(false);
  await page.getByRole('button', { name: 'pass.refiner' }).click();
  expect(await current()).toBe('txt2img.refined');
  expect(await page.locator('#events [aria-current]').textContent()).toContain('pass.refiner');
  expect(await page.locator('#status').textContent()).toBe(
    'Step 2 of 7: pass.refiner leads to txt2img.refined.',
  );
  expect(await page.locator('figure .taken[data-event="pass.refiner"] text.badge').textContent()).toBe('2');
  await page.keyboard.press('ArrowRight');
  expect(await current()).toBe('txt2img.hires');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(current).toBe('complete');
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await current()).not.toBe('complete');
});

test('the offline inspector shows a cross and the fixes where a run is refused, on a phone without a jump', async () => {
  const { page } = await inspect('examples/rejected.json', 'rejected', {
    viewport: { width: 390, height: 844 },
  });
  const { fixes } = explainStagePlan(configIn('examples/rejected.json'));
  expect(await page.locator('#fixes li').allTextContents()).toEqual(fixes.map(({ message }) => message));
  expect(await page.locator('.refusal text').textContent()).toBe('upscale, 1st; adetailer');
  const top = () => page.locator('figure').evaluate((figure) => figure.getBoundingClientRect().top);
  const before = await top();
  await page.getByRole('button', { name: 'xstate.init' }).click();
  expect(await top()).toBe(before);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(await objections(page)).toEqual([]);
});

/** Plays a config into a page, until the page has the verdict and the command has ended by itself. */
async function inspect(file: string, verdict: string, options: BrowserContextOptions = {}) {
  const command = await startCommand(['inspect', file, ...offline]);
  const watched = await watch(browser, command.address, options);
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
