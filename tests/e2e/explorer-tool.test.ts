import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toWebuiRequests } from '../../src/compile/webui/index.ts';
import { formatInfotext, parseInfotext } from '../../src/import/index.ts';
import { buildStagePlan, parseRunConfig, safeBuildStagePlan, sequences } from '../../src/index.ts';
import { renderDefinition } from '../../visualizations/definition.ts';
import { launch, type WatchedPage, watch } from './browser.ts';
import { headline, objections, paste, saved, stages, textOf } from './explorer-page.ts';

// What people own is put into the page that was opened from disk: no server stands behind it.
const fromDisk = pathToFileURL('dist/explorer/index.html').href;

const fullChain = exampleOf('full-chain');
const plan = buildStagePlan(parseRunConfig(fullChain));
const ownOrder = renderDefinition(sequences['detail-before-upscale']).replace(
  'detailBeforeUpscale',
  'myOrder',
);
const [phone, tablet, desktop] = [390, 820, 1440].map((width) => ({ viewport: { width, height: 900 } }));
const screens: readonly BrowserContextOptions[] = [
  { ...desktop, colorScheme: 'light' },
  { ...tablet, colorScheme: 'dark' },
  { ...phone, colorScheme: 'light' },
  { ...desktop, colorScheme: 'dark', forcedColors: 'active' },
  { ...tablet, colorScheme: 'light' },
  { ...phone, colorScheme: 'dark' },
  { ...phone, colorScheme: 'light', forcedColors: 'active' },
];
const opened: WatchedPage[] = [];
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

describe('a file', () => {
  const infotext = formatInfotext(buildStagePlan(parseRunConfig(exampleOf('txt2img')))).text;
  const kinds: readonly Kind[] = [
    [
      'an image',
      'lighthouse.png',
      readFileSync('examples/import/lighthouse.png'),
      'Imported lighthouse.png: 1 value lost',
      ['txt2img', 'adetailer'],
    ],
    [
      'a graph in an image',
      'comfyui.png',
      readFileSync('examples/import/comfyui.png'),
      'Imported comfyui.png: 1 value lost, 2 changed',
      ['txt2img', 'adetailer', 'upscale'],
    ],
    ['an infotext', 'notes.txt', infotext, 'Imported notes.txt:', ['txt2img']],
    [
      'a preset',
      'preset.json',
      readFileSync('examples/import/stablenew-preset.json'),
      'Imported preset.json: 1 value lost, 2 in doubt, 3 changed',
      ['txt2img', 'upscale', 'adetailer'],
    ],
    [
      'a plan',
      'plan.json',
      JSON.stringify(plan),
      'Verified plan.json: canonicalSequence gives exactly this plan.',
      plan.stages.map(({ stage_type }) => stage_type),
    ],
    [
      'a RunConfig',
      'run.json',
      JSON.stringify({ img2img_enabled: true }),
      'Opened run.json, a RunConfig.',
      ['img2img'],
    ],
    [
      'a machine',
      'own.json',
      ownOrder,
      'the machine myOrder is checked',
      ['txt2img', 'img2img', 'adetailer', 'upscale'],
    ],
  ];

  // Each kind on a screen of its own: three widths, both looks, forced colours.
  test.each(kinds.map((kind, index) => [...kind, screens[index % screens.length]] as const))(
    'that is %s is taken for what it is',
    async (_kind, name, content, said, expected, screen) => {
      const page = await explore(screen);
      await open(page, name, content);
      await page.getByText(said).waitFor();
      expect(await stages(page)).toEqual(expected);
      expect(await objections(page)).toEqual([]);
    },
  );

  test('that is a machine has no picture, and that is said', async () => {
    const page = await explore();
    await open(page, 'own.json', ownOrder);
    await page.getByText('This page has pictures of the shipped sequences alone').waitFor();
    expect(await page.locator('.picture').isVisible()).toBe(false);
    expect(await page.locator('.state-list .step:not(:empty)').count()).toBe(7);
    await page.getByLabel('canonical', { exact: true }).check();
    expect(await page.locator('.picture').isVisible()).toBe(true);
  });

  test('that is a queue opens a tab for each run, and each keeps what is changed in it', async () => {
    const page = await explore({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await open(
      page,
      'queue.json',
      JSON.stringify([fullChain, { img2img_enabled: true }, exampleOf('rejected')]),
    );
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'harbour-portrait',
      'Run 2',
      'nothing-to-repair',
    ]);
    expect(await objections(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Run 2' }).click();
    await page.getByLabel('upscale stage').check();
    await page.keyboard.press('Tab');
    await page.getByRole('tab', { name: 'Run 2' }).press('ArrowRight');
    expect(await headline(page)).toContain('upscale needs');
    await page.getByRole('tab', { name: 'Run 2' }).click();
    expect(await stages(page)).toEqual(['img2img', 'upscale']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => stages(page)).toEqual(['img2img']);
  });

  test.each([
    [
      'a plan that was changed',
      JSON.stringify({ ...plan, events: plan.events.slice(1) }),
      'is a plan that does not hold',
    ],
    [
      'a machine with a guard of its own',
      ownOrder.replaceAll('"standaloneUpscale"', '"onFridays"'),
      'cannot serve as a sequence',
    ],
    [
      'a machine with a stage that no run has',
      ownOrder
        .replaceAll('stage.img2img', 'stage.sketch')
        .replaceAll('"stage_type": "img2img"', '"stage_type": "sketch"'),
      'cannot serve as a sequence',
    ],
    [
      'an explanation',
      JSON.stringify({ legal: true, rejections: [], decisions: [] }),
      'hand over the RunConfig itself',
    ],
    ['cut off', '{"txt2img_enabled": tr', 'The JSON is cut off'],
    ['an image without a run', Buffer.from(onePixel, 'base64'), 'was not taken'],
  ])('that is %s is refused in words, and changes nothing', async (_what, content, said) => {
    const page = await explore();
    const before = await textOf(page, '#plan-json');
    await open(page, 'brought', content);
    await page.locator('.brought', { hasText: said }).waitFor();
    expect(await textOf(page, '#plan-json')).toBe(before);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await textOf(page, '.brought')).toBe('');
  });

  test('may be dropped as an image, and its text pasted', async () => {
    const page = await explore();
    const image = readFileSync('examples/import/lighthouse.png').toString('base64');
    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(${JSON.stringify(image)}), (letter) => letter.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], 'lighthouse.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }`);
    await page.getByText('Imported lighthouse.png: 1 value lost').click();
    await page.getByText('dropped: Eta is lost').waitFor();
    expect(await objections(page)).toEqual([]);
    await paste(page, infotext);
    await page.getByText('Imported what was pasted').waitFor();
    expect(await stages(page)).toEqual(['txt2img']);
    await page.getByLabel('upscale stage').check();
    expect(await textOf(page, '.brought')).toContain('Edited since.');
  });
});

describe('nothing is lost', () => {
  test('undo, redo, the keys and the back button go through the same steps', async () => {
    const page = await explore();
    await page.getByLabel('adetailer stage').uncheck();
    await page.locator('summary', { hasText: 'The run' }).click();
    await page.getByLabel('steps', { exact: true }).fill('7');
    await page.getByLabel('upscale stage').uncheck();
    expect(await stages(page)).toEqual(['txt2img', 'img2img']);
    await page.goBack();
    await expect.poll(() => stages(page)).toEqual(['txt2img', 'img2img', 'upscale']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByLabel('steps', { exact: true }).inputValue()).toBe('30');
    await page.keyboard.press('Control+z');
    await expect.poll(() => stages(page)).toHaveLength(4);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    for (let step = 0; step < 3; step += 1) {
      await page.getByRole('button', { name: 'Redo' }).click();
      await page.waitForTimeout(60);
    }
    await expect.poll(() => stages(page)).toEqual(['txt2img', 'img2img']);
    expect(await page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true);
  });

  test('half-typed text dims the old result, gives way to a switch, and comes back by undo', async () => {
    const page = await explore();
    const box = page.getByLabel('RunConfig', { exact: true });
    await box.fill('{"img2img_enabled": tru');
    await page.getByText('From the last readable text.').waitFor();
    expect(await page.locator('main').getAttribute('data-stale')).toBe('');
    await page.getByLabel('hires pass').uncheck();
    expect(JSON.parse(await box.inputValue())).toMatchObject({ hires_enabled: false });
    expect(await page.locator('main').getAttribute('data-stale')).toBeNull();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => box.inputValue()).toBe('{"img2img_enabled": tru');
    await box.fill('{"steps": 4, "steps": 5}');
    expect(await textOf(page, '#config-problem')).toContain('steps stands twice');
  });

  test('a run too long for the address is compressed, or kept for the tab and said so', async () => {
    const page = await explore();
    const box = page.getByLabel('RunConfig', { exact: true });
    await box.fill(JSON.stringify({ txt2img_enabled: true, prompt: 'a lighthouse at dawn, '.repeat(500) }));
    await expect.poll(() => page.url()).toMatch(/#\./);
    await (await explore({}, page.url())).getByText('Runs 1 stage').waitFor();
    const noise = Array.from({ length: 9000 }, (_, index) =>
      String.fromCharCode(33 + (((index * index * 7919 + index * 31) % 9973) % 90)),
    ).join('');
    await box.fill(JSON.stringify({ img2img_enabled: true, prompt: noise }));
    await page.getByText('too long for the address').waitFor();
    await page.waitForTimeout(400);
    await page.reload();
    expect(await stages(page)).toEqual(['img2img']);
  });
});

describe('the verdict', () => {
  test('stays in view on a phone, with fixes in the words of the switches, policies among them', async () => {
    const page = await explore({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page
      .getByLabel('RunConfig', { exact: true })
      .fill('{"upscale_enabled": true, "input_image": "a.png"}');
    expect(await page.locator('.fix').allTextContents()).toEqual([
      'Allow: An upscale alone is a plan',
      'Switch img2img on',
      'Switch txt2img on',
    ]);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    expect((await page.locator('.verdict').boundingBox())?.y).toBe(0);
    expect(await objections(page)).toEqual([]);
    await page.getByRole('button', { name: 'Allow: An upscale alone is a plan' }).click();
    expect(await stages(page)).toEqual(['upscale']);
    expect(await page.getByLabel('An upscale alone is a plan').isChecked()).toBe(true);
  });

  test('of more problems than it has room for is in reach of the keyboard', async () => {
    const page = await explore({ viewport: { width: 390, height: 844 } });
    const wrong = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`wrong_${index}`, 1]));
    await page.getByLabel('RunConfig', { exact: true }).fill(JSON.stringify(wrong));
    expect(await headline(page)).toContain('wrong_0 is not a field');
    expect(await objections(page)).toEqual([]);
  });

  test('tells of passes and of a stage that stands in for another', async () => {
    const page = await explore();
    await page
      .getByLabel('RunConfig', { exact: true })
      .fill('{"img2img_enabled": true, "hires_enabled": true}');
    expect(await page.locator('.word li').allTextContents()).toEqual([
      'img2img',
      'upscale with hires (stands in for hires)',
    ]);
    expect(await headline(page)).toBe('Runs 2 stages, 512 x 512 to 1024 x 1024, 1 image.');
  });
});

describe('the fields', () => {
  test('of several detectors are added, moved and removed, with errors at their own', async () => {
    const page = await explore();
    await page.getByLabel('Load an example').selectOption('portrait-detectors');
    await page.locator('.switch', { hasText: 'adetailer' }).locator('summary').first().click();
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.getByLabel('adetailer[2].steps', { exact: true }).fill('many');
    expect(await headline(page)).toBe('adetailer[2].steps must be a number, but is "many".');
    expect(await page.locator('[aria-invalid]').count()).toBe(1);
    await page.getByLabel('adetailer[2].steps', { exact: true }).fill('9');
    await page.getByRole('button', { name: 'Move adetailer 3 up' }).click();
    expect(await modelsOf(page)).toEqual(['face_yolov8s.pt', 'face_yolov8n.pt', 'hand_yolov8n.pt']);
    await page.getByRole('button', { name: 'Remove adetailer 1' }).click();
    expect(await modelsOf(page)).toEqual(['face_yolov8n.pt', 'hand_yolov8n.pt']);
    expect(await page.getByLabel('adetailer[0].steps', { exact: true }).inputValue()).toBe('9');
  });

  test('say what they inherit, and offer the names that are known', async () => {
    const page = await explore();
    const steps = page.getByLabel('adetailer[0].steps', { exact: true });
    expect(await steps.getAttribute('placeholder')).toBe('30, as the run');
    await page.locator('summary', { hasText: 'The run' }).click();
    await page.getByLabel('steps', { exact: true }).fill('12');
    expect(await steps.getAttribute('placeholder')).toBe('12, as the run');
    const list = await page.getByLabel('hires_sampler_name').getAttribute('list');
    expect(
      await page
        .locator(`[id="${list}"] option`)
        .evaluateAll((options) => options.map((option) => option.getAttribute('value'))),
    ).toContain('DPM++ 2M');
  });

  test('clamp a long prompt until the rest is asked for', async () => {
    const page = await explore();
    await page
      .getByLabel('RunConfig', { exact: true })
      .fill(JSON.stringify({ txt2img_enabled: true, prompt: 'a lighthouse, '.repeat(60) }));
    const prompt = page.locator('.card dd .clamped').first();
    const height = (await prompt.boundingBox())?.height ?? 0;
    await page.getByRole('button', { name: 'more', exact: true }).first().click();
    expect((await page.locator('.card dd span').first().boundingBox())?.height).toBeGreaterThan(height * 2);
  });
});

describe('a run is taken away', () => {
  test('as a CLI line, TypeScript, infotext, plan, RunConfig and requests', async () => {
    const page = await explore();
    const line = await copied(page, 'CLI line');
    const [, json = ''] = /^printf '%s' '(.*)' \| stageplan build -\n$/s.exec(line) ?? [];
    expect(JSON.parse(json)).toEqual(fullChain);
    expect(await copied(page, 'TypeScript')).toContain("import { buildStagePlan } from 'stageplan';");
    expect(parseInfotext(await copied(page, 'Infotext')).config.steps).toBe(
      plan.stages[0]?.stage_config.steps,
    );
    expect(JSON.parse(await copied(page, 'Plan'))).toEqual(JSON.parse(JSON.stringify(plan)));
    expect(safeBuildStagePlan(JSON.parse(await copied(page, 'RunConfig')))).toMatchObject({
      plan: { events: plan.events },
    });
    expect(JSON.parse(await copied(page, 'Requests'))).toEqual(
      JSON.parse(JSON.stringify(toWebuiRequests(plan, { target: 'a1111' }))),
    );
    await page.getByLabel('txt2img stage').uncheck();
    await page.getByLabel('img2img stage').uncheck();
    await page.getByText('Copy as').click();
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await page.getByText('There is no plan to copy yet.').waitFor();
  });

  test('as Mermaid and as a PNG', async () => {
    const page = await explore();
    expect(await saved(page, 'Download Mermaid')).toContain('txt2img');
    expect(await saved(page, 'Download PNG')).toContain('PNG');
  });
});

describe('the look', () => {
  test('keeps the state of switches, dots and cells in forced colours', async () => {
    const page = await explore({
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 820, height: 1000 },
    });
    const groundOf = (selector: string, pseudo?: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(pseudo)}).backgroundColor`,
      );
    await page.getByLabel('img2img stage').uncheck();
    expect(await groundOf('#switch-txt2img')).not.toBe(await groundOf('#switch-img2img'));
    expect(await groundOf('.dot[data-on]', '::after')).not.toBe(
      await groundOf('.dot:not([data-on])', '::after'),
    );
    expect(await objections(page)).toEqual([]);
  });

  test('prints with everything in its place', async () => {
    const page = await explore({ viewport: { width: 820, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.querySelector(".verdict")).position')).toBe(
      'static',
    );
    expect(await page.getByRole('button', { name: 'Copy link' }).isVisible()).toBe(false);
  });

  test('has no overlaps at 328 pixels, and what a set means in words', async () => {
    const page = await explore({ viewport: { width: 328, height: 700 } });
    expect(await overlaps(page)).toEqual([]);
    expect(await objections(page)).toEqual([]);
    const cell = page.getByRole('button', { name: 'txt2img, upscale: 2 stages' });
    expect(await cell.getAttribute('title')).toBe('txt2img, upscale: 2 stages');
    await cell.hover();
    expect(await textOf(page, '.pointed')).toBe('txt2img, upscale: 2 stages');
  });
});

test('no page asked for anything, or logged an error', () => {
  expect(opened.length).toBeGreaterThan(20);
  expect(opened.flatMap(({ asked }) => asked).filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
});

type Kind = readonly [
  kind: string,
  name: string,
  content: string | Buffer,
  said: string,
  stages: readonly string[],
];

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function explore(options: BrowserContextOptions = {}, address = fromDisk): Promise<Page> {
  const watched = await watch(browser, address, options);
  opened.push(watched);
  return watched.page;
}

function exampleOf(name: string) {
  const { $schema: _address, ...config } = JSON.parse(readFileSync(`examples/${name}.json`, 'utf8'));
  return config;
}

async function open(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
}

async function copied(page: Page, form: string): Promise<string> {
  await page.getByText('Copy as').click();
  await page.getByRole('button', { name: form, exact: true }).click();
  await page.getByText(`Copied as ${form}.`).waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

async function modelsOf(page: Page): Promise<readonly string[]> {
  const config = JSON.parse(await page.getByLabel('RunConfig', { exact: true }).inputValue());
  return config.adetailer.map(({ model = 'face_yolov8n.pt' }) => model);
}

/** Texts of the switches that stand over each other. */
function overlaps(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('.switch')].flatMap((row) => {
    const [label, settings] = ['label', 'summary'].map((name) => row.querySelector(name));
    const range = document.createRange();
    if (settings === null) return [];
    range.selectNodeContents(label);
    return range.getBoundingClientRect().right > settings.getBoundingClientRect().left ? [row.textContent] : [];
  })`);
}
