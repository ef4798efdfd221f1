import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

// Takes the README's pictures from the built explorer. Run it through `npm run screenshots`.

const page = pathToFileURL('dist/explorer/index.html').href;

const shots = [
  { name: 'explorer-light', colorScheme: 'light', width: 1440, height: 1100, sample: 'full-chain' },
  { name: 'explorer-dark', colorScheme: 'dark', width: 1440, height: 1100, sample: 'rejected' },
  { name: 'explorer-phone', colorScheme: 'light', width: 390, height: 1000, sample: 'rejected' },
];

const browser = await chromium.launch({
  executablePath: process.env.STAGEPLAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
});
for (const { name, colorScheme, width, height, sample } of shots) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  const explorer = await context.newPage();
  await explorer.goto(page);
  await explorer.getByLabel('Load an example').selectOption(sample);
  await explorer.screenshot({ path: `visualizations/${name}.png` });
  await context.close();
}
await browser.close();
