import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

// Takes the README's pictures from the built explorer. Run it through `npm run screenshots`.

const page = pathToFileURL('dist/explorer/index.html').href;

const desktop = { width: 1280, height: 840 };
const shots = ['light', 'dark'].flatMap((colorScheme) => [
  { name: `explorer-${colorScheme}`, colorScheme, viewport: desktop, sample: 'full-chain' },
  { name: `explorer-refused-${colorScheme}`, colorScheme, viewport: desktop, sample: 'rejected' },
]);

const browser = await chromium.launch({
  executablePath: process.env.STAGEPLAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
});
for (const { name, colorScheme, viewport, sample } of shots) {
  const context = await browser.newContext({
    colorScheme,
    viewport,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  const explorer = await context.newPage();
  await explorer.goto(page);
  await explorer.getByLabel('Load an example').selectOption(sample);
  await explorer.screenshot({ path: `visualizations/${name}.png` });
  await context.close();
}
await browser.close();
