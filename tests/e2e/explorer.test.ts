import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toWebuiRequests } from '../../src/compile/webui/index.ts';
import { buildStagePlan, explainStagePlan, RunConfig } from '../../src/index.ts';
import { launch, type WatchedPage, watch } from './browser.ts';
import { type RunningCommand, startCommand } from './command.ts';
import { headline, objections, paste, saved, stages, textOf } from './explorer-page.ts';

const fullChain = readFileSync('examples/full-chain.json', 'utf8');
const rejected = readFileSync('examples/rejected.json', 'utf8');
const fromDisk = pathToFileURL('dist/explorer/index.html').href;

let browser: Browser;
let command: RunningCommand;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  browser = await launch();
  command = await startCommand(['explore', '--port', '0', '--no-open']);
});

afterAll(async () => {
  expect(await command.interrupt()).toBe(0);
  await browser.close();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

describe('the plan', () => {
  test('is that of the library, stage by stage and as JSON', async () => {
    const page = await explore();
    const plan = buildStagePlan(RunConfig.parse(JSON.parse(fullChain)));
    expect(await stages(page)).toEqual(plan.stages.map(({ stage_type }) => stage_type));
    expect(JSON.parse(await textOf(page, '#plan-json'))).toEqual(JSON.parse(JSON.stringify(plan)));
  });

  test('follows the switches', async () => {
    const page = await explore();
    await page.getByLabel('img2img stage').uncheck();
    await page.getByLabel('adetailer stage').uncheck();
    expect(await stages(page)).toEqual(['txt2img', 'upscale']);
    expect(await taken(page)).toEqual([
      'complete',
      'start',
      'txt2img',
      'txt2img.base',
      'txt2img.hires',
      'txt2img.refined',
      'upscale',
    ]);
  });

  test('says in the picture in which pass the refiner works', async () => {
    const page = await explore();
    const note = page.locator('[data-state="txt2img.refined"] text:nth-of-type(2)');
    expect(await note.textContent()).toBe('in the first pass');
    const run = { ...JSON.parse(fullChain), refiner_pass: 'both' };
    await page.getByLabel('RunConfig', { exact: true }).fill(JSON.stringify(run));
    expect(await note.textContent()).toBe('in both passes');
    await page.getByLabel('RunConfig', { exact: true }).fill('{"txt2img_enabled": true}');
    expect(await note.textContent()).toBe('skipped');
  });

  test('follows the sequence and its policies', async () => {
    const page = await explore();
    await page.getByLabel('detail-before-upscale').check();
    expect(await stages(page)).toEqual(['txt2img', 'img2img', 'adetailer', 'upscale']);
    await page.getByLabel('txt2img stage').uncheck();
    await page.getByLabel('Start from an existing image').uncheck();
    expect(await headline(page)).toContain('needs txt2img');
  });
});

describe('what is sent', () => {
  test('stands in each card for the backend that is chosen, and stays unfolded', async () => {
    const page = await explore();
    await page.locator('.card .sent > summary').first().click();
    expect(await textOf(page, '.sent[open] h4')).toBe('POST /sdapi/v1/txt2img');
    await page.getByLabel('Sent to').selectOption('forge');
    const [request] = toWebuiRequests(buildStagePlan(JSON.parse(fullChain)), { target: 'forge' });
    expect(JSON.parse(await textOf(page, '.sent[open] pre'))).toEqual(request?.body);
    await page.getByLabel('Sent to').selectOption('sdnext');
    expect(await textOf(page, '.sent[open] .refusals li')).toContain('SD.Next takes none by its API');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('The link is copied.').waitFor();
    const linked = await explore(String(await page.evaluate('navigator.clipboard.readText()')));
    expect(await linked.getByLabel('Sent to').inputValue()).toBe('sdnext');
  });
});

describe('a run without a plan', () => {
  test('says why in the words of the library, and a fix makes it legal', async () => {
    const page = await explore();
    await page.getByLabel('Load an example').selectOption('rejected');
    const { rejections, fixes } = explainStagePlan(RunConfig.parse(JSON.parse(rejected)));
    const said = [await headline(page), ...(await page.locator('.verdict .messages li').allTextContents())];
    expect(rejections.map(({ message }) => said.some((each) => message.startsWith(each)))).toEqual(
      rejections.map(() => true),
    );
    expect(await textOf(page, '#config-problem')).toBe(said[0]);
    await page.getByText('Why', { exact: true }).click();
    expect(await textOf(page, '.walk')).toBe('start✕ upscale is refused here✕ adetailer is refused here');
    expect(await textOf(page, '.reasons')).toContain('The walk stands in start');
    expect(await taken(page)).toEqual(['start']);
    expect(await page.locator('.state.ended').getAttribute('data-state')).toBe('start');
    expect(await page.locator('.fixes button').count()).toBe(fixes.length);
    await page.getByRole('button', { name: 'Switch img2img on' }).click();
    expect(await stages(page)).toEqual(['img2img', 'upscale', 'adetailer']);
    expect(await page.getByLabel('img2img stage').isChecked()).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
  });

  test('with a wrong field names the field and marks it', async () => {
    const page = await explore();
    await page.locator('summary', { hasText: 'The run' }).click();
    await page.getByLabel('steps', { exact: true }).fill('many');
    const problem = 'steps must be a number, but is "many".';
    expect(await headline(page)).toBe(problem);
    expect(await textOf(page, '#config-problem')).toBe(problem);
    expect(await textOf(page, '[id="field-steps-problem"]')).toBe(problem);
    await page.getByLabel('steps', { exact: true }).fill('12');
    expect(await headline(page)).toMatch(/^Runs 4 stages/);
  });
});

describe('a stated order', () => {
  test('that is wrong is refused with its fix, or repaired where that is allowed', async () => {
    const page = await explore();
    await page.locator('summary', { hasText: 'The run' }).click();
    await page.getByLabel('stage_order', { exact: true }).fill('img2img, txt2img, upscale, adetailer');
    expect(await headline(page)).toContain('Put txt2img before img2img');
    await page.getByLabel('Repair a wrong stage_order').check();
    expect(await stages(page)).toEqual(['txt2img', 'img2img', 'upscale', 'adetailer']);
    expect(await textOf(page, '.word')).toContain('(repaired: stated at 2)');
    await page.getByLabel('Repair a wrong stage_order').uncheck();
    await page.getByRole('button', { name: 'Set stage_order to' }).click();
    expect(await page.getByLabel('stage_order', { exact: true }).inputValue()).toBe(
      'txt2img, img2img, upscale, adetailer',
    );
    expect(await headline(page)).toMatch(/^Runs 4 stages/);
  });
});

describe('the table of switch sets', () => {
  test('marks as legal what the library plans, and chooses on click', async () => {
    const page = await explore();
    const cells = page.locator('.matrix button');
    expect(await cells.count()).toBe(64);
    expect(await page.locator('.matrix button[data-legal]').count()).toBe(40);
    await page.getByRole('button', { name: 'txt2img, upscale: 2 stages' }).click();
    expect(await stages(page)).toEqual(['txt2img', 'upscale']);
    expect(await page.locator('.matrix [aria-pressed="true"]').count()).toBe(1);
  });

  test('is one stop of the Tab key, and the arrows move in it', async () => {
    const page = await explore();
    expect(await page.locator('.matrix button[tabindex="0"]').count()).toBe(1);
    await page.locator('.matrix button[tabindex="0"]').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    expect(await stages(page)).toEqual(['txt2img', 'img2img', 'upscale']);
    expect(await page.getByLabel('hires pass').isChecked()).toBe(false);
  });
});

describe('a link', () => {
  test('opens what was being looked at', async () => {
    const page = await explore();
    await page.getByLabel('Load an example').selectOption('rejected');
    await page.getByLabel('An upscale alone is a plan').check();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('The link is copied.').waitFor();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    const other = await explore(link);
    expect(await textOf(other, '.verdict')).toContain('Switch');
    expect(await textOf(other, '.verdict')).toBe(await textOf(page, '.verdict'));
    expect(await other.getByLabel('An upscale alone is a plan').isChecked()).toBe(true);
    expect(await other.locator('#config-json').inputValue()).toBe(
      await page.locator('#config-json').inputValue(),
    );
  });

  test.each([
    ['is no base64', '#%%%'],
    ['is no JSON', `#${btoa('{"config":')}`],
    ['holds no RunConfig', `#${btoa('[]')}`],
    ['knows another sequence', `#${btoa('{"config":{},"sequence":"__proto__"}')}`],
    ['nests too deep', `#${btoa(`{"config":{"metadata":${'['.repeat(900)}${']'.repeat(900)}}}`)}`],
    ['is too long', `#${'A'.repeat(100_000)}`],
  ])('that %s is refused, and the page works', async (_what, hash) => {
    const page = await explore(`${command.address}${hash}`);
    await page.getByText('so it was not read.').waitFor();
    expect(await headline(page)).toMatch(/^Runs 4 stages/);
  });

  test('puts nothing of its config into the page as markup', async () => {
    const config = { txt2img_enabled: true, prompt: '<img src=x onerror=alert(1)>', '<script>': '<b>' };
    const page = await explore(`${command.address}#${btoa(JSON.stringify({ config }))}`);
    expect(await headline(page)).toBe('<script> is not a field of a RunConfig.');
    expect(await page.locator('#page img, #page script, #page b').count()).toBe(0);
  });
});

describe('a RunConfig', () => {
  test('is taken from a dropped file', async () => {
    const page = await explore();
    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([${JSON.stringify(rejected)}], 'rejected.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }`);
    await page.getByText('Opened rejected.json, a RunConfig.').waitFor();
    expect(await headline(page)).toContain('upscale needs');
  });

  test('is taken from the clipboard, and no JSON is refused', async () => {
    const page = await explore();
    await paste(page, '{"txt2img_enabled": true}');
    expect(await stages(page)).toEqual(['txt2img']);
    await paste(page, 'stage plan');
    await page.getByText('what was pasted was not taken.').waitFor();
    expect(await stages(page)).toEqual(['txt2img']);
  });

  test('can be typed, and what is no JSON changes nothing', async () => {
    const page = await explore();
    await page.getByLabel('RunConfig', { exact: true }).fill('{"img2img_enabled": true}');
    expect(await stages(page)).toEqual(['img2img']);
    await page.getByLabel('RunConfig', { exact: true }).fill('{"img2img_enabled": tru');
    expect(await textOf(page, '#config-problem')).toContain('This is not JSON');
    expect(await stages(page)).toEqual(['img2img']);
    await page.getByText('From the last readable text.').waitFor();
    expect(await objections(page)).toEqual([]);
    await page.getByLabel('upscale stage').check();
    expect(await page.getByText('From the last readable text.').isVisible()).toBe(false);
    expect(await textOf(page, '#config-problem')).toBe('');
    expect(JSON.parse(await page.getByLabel('RunConfig', { exact: true }).inputValue())).toEqual({
      img2img_enabled: true,
      upscale_enabled: true,
    });
  });

  test('and its plan and picture are saved as files', async () => {
    const page = await explore();
    expect(JSON.parse(await saved(page, 'Download the RunConfig'))).toMatchObject({
      run_id: 'harbour-portrait',
    });
    expect(JSON.parse(await saved(page, 'Download the plan'))).toMatchObject({ format_version: '2.0' });
    const picture = await saved(page, 'Download SVG');
    expect(picture).toMatch(/^<svg /);
    expect(picture).toContain('<style>');
    expect(picture).toMatch(/data-state="upscale" class="[^"]*taken/);
  });
});

describe('the page', () => {
  test('skips to the plan by keyboard, and the link stays as it is', async () => {
    const page = await explore();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('answer');
    expect(await textOf(page, '.notice')).toBe('');
  });

  test('opens from disk', async () => {
    const page = await explore(fromDisk);
    expect(await stages(page)).toHaveLength(4);
    await page.getByLabel('txt2img stage').uncheck();
    await page.getByLabel('Load an example').selectOption('txt2img');
    expect(await stages(page)).toEqual(['txt2img']);
  });

  test('has the verdict and the switches before it makes what is out of sight', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => {
      globalThis.made = ['#verdict', '#switch-txt2img', '.picture svg', '#plan-json', '.matrix button', '#field-steps']
        .filter((each) => document.querySelector(each) !== null);
    })`);
    await page.goto(fromDisk);
    await page.locator('#plan-json').waitFor();
    expect(await page.evaluate('globalThis.made')).toEqual(['#verdict', '#switch-txt2img', '.picture svg']);
  });

  test('weighs less than 220 kB as it is sent', () => {
    expect(gzipSync(readFileSync('dist/explorer/index.html')).length).toBeLessThan(220_000);
  });

  test('lets nothing out and compiles nothing, by its own policy', async () => {
    const { page, asked } = await watch(browser, fromDisk);
    const before = asked.length;
    const refused = await page.evaluate(`fetch('https://example.com/').then(() => false, () => true)`);
    expect(refused).toBe(true);
    expect(asked).toHaveLength(before);
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'document.title = "injected"';
      document.head.append(script);
    }`);
    expect(await page.title()).toBe('stageplan explorer');
    expect(await policyOf(page)).not.toMatch(/unsafe|\*|https?:/);
  });

  test.each([328, 390, 820, 1000, 1280, 1920])('does not scroll sideways at %i pixels', async (width) => {
    const page = await explore(command.address, { viewport: { width, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.getByLabel('Load an example').selectOption('rejected');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test.each(['canonical', 'detail-before-upscale'])(
    'shows %s in letters of 12 pixels, without scrolling',
    async (sequence) => {
      const page = await explore(command.address, { viewport: { width: 1440, height: 740 } });
      await page.getByLabel(sequence, { exact: true }).check();
      const letters = `Math.min(...Array.from(document.querySelectorAll('.picture text'), (text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))`;
      expect(await page.evaluate(letters)).toBeGreaterThanOrEqual(12);
      expect(await page.locator('.picture').evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(
        0,
      );
      expect(await page.locator('.state-list').isVisible()).toBe(false);
    },
  );

  test.each([390, 820])('lists the states with the cross of a refusal at %i pixels', async (width) => {
    const page = await explore(command.address, { viewport: { width, height: 740 } });
    await page.getByLabel('Load an example').selectOption('rejected');
    expect(await page.locator('.picture').isVisible()).toBe(false);
    expect(await page.locator('.state-list .cross').textContent()).toBe('\u2715 upscale, 1st; adetailer');
    await page.getByLabel('Load an example').selectOption('txt2img');
    const steps = page.locator('.state-list li', { has: page.locator('.step:not(:empty)') });
    expect(await steps.locator('.name').allTextContents()).toEqual(['txt2img', 'complete']);
    expect(await steps.locator('.step').allTextContents()).toEqual(['step 1', 'step 2']);
  });

  test.each([
    ['light', 'full-chain', 1440],
    ['dark', 'full-chain', 1440],
    ['light', 'rejected', 1440],
    ['dark', 'rejected', 1440],
    ['light', 'rejected', 360],
    ['dark', 'full-chain', 360],
  ] as const)('has nothing that axe objects to: %s, %s, %i pixels', async (colorScheme, sample, width) => {
    const page = await explore(command.address, { colorScheme, viewport: { width, height: 740 } });
    await page.getByLabel('Load an example').selectOption(sample);
    expect(await objections(page)).toEqual([]);
  });

  test('has nothing that axe objects to with a wrong field and everything unfolded', async () => {
    const page = await explore(command.address, { colorScheme: 'dark' });
    await page.evaluate('document.querySelectorAll("details").forEach((details) => (details.open = true))');
    await page.getByLabel('steps', { exact: true }).fill('many');
    expect(await objections(page)).toEqual([]);
  });
});

test('no page asked any address but loopback, or logged an error', () => {
  expect(opened.length).toBeGreaterThan(20);
  const asked = opened.flatMap((watched) => watched.asked);
  expect(asked.filter((address) => !isLocal(address))).toEqual([]);
  expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
});

async function explore(address = command.address, options = {}): Promise<Page> {
  const watched = await watch(browser, address, options);
  opened.push(watched);
  return watched.page;
}

function isLocal(address: string): boolean {
  return [command.address, fromDisk, 'data:', 'blob:'].some((start) => address.startsWith(start));
}

async function taken(page: Page): Promise<(string | null)[]> {
  const groups = await page.locator('.state.taken').all();
  return (await Promise.all(groups.map((group) => group.getAttribute('data-state')))).toSorted();
}

async function policyOf(page: Page): Promise<string | null> {
  return page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
}
