import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

// Takes the README's pictures from the built explorer, at twice the density. Run it through `npm run screenshots`.

const page = pathToFileURL('dist/explorer/index.html').href;

const desktop = { width: 1440, height: 1000 };
const shots = [
  { name: 'explorer', sample: 'full-chain' },
  { name: 'explorer-refused', sample: 'rejected' },
];

const browser = await chromium.launch({
  executablePath: process.env.STAGEPLAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
});
for (const { name, sample } of shots) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({
      colorScheme,
      viewport: desktop,
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
    });
    const explorer = await context.newPage();
    await explorer.goto(page);
    await explorer.getByLabel('Load an example').selectOption(sample);
    // The last that the page makes, after its first paint.
    await explorer.locator('#plan-json').waitFor({ state: 'attached' });
    await explorer.screenshot({ path: `visualizations/${name}-${colorScheme}.png` });
    await context.close();
  }
}
await browser.close();
