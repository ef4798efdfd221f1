import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** A hook that finds none of the optional packages, as where they are not installed. */
const hook = `data:text/javascript,${encodeURIComponent(`
  export async function resolve(name, context, next) {
    if (!['bullmq', 'ioredis', 'ws', '@viz-js/viz'].includes(name)) return next(name, context);
    throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
  }`)}`;

/** What a program that imports the built package prints without them. */
function printed(program: string): string {
  const source = `import { register } from 'node:module'; register(${JSON.stringify(hook)}); ${program}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
  }).trim();
}

test('everything loads without the optional packages, and says which to install for what needs them', () => {
  const program = `
    const { exports } = JSON.parse((await import('node:fs')).readFileSync('package.json', 'utf8'));
    const paths = Object.keys(exports).filter((path) => exports[path].types !== undefined);
    for (const path of paths) await import('stageplan' + path.slice(1));
    const { buildStagePlan } = await import('stageplan');
    const { createStageWorker, toFlow } = await import('stageplan/bullmq');
    const plan = buildStagePlan({ txt2img_enabled: true, model: 'a', seed: 1 });
    const { signal } = new AbortController();
    const options = { queues: ['q'], connection: {}, handler: async () => null, signal };
    const said = await createStageWorker(options).catch(({ name, message }) => name + ': ' + message);
    const { canonicalSequence } = await import('stageplan/machines');
    const { drawSequence } = await import('stageplan/visualizations');
    const svg = await drawSequence(canonicalSequence, 'svg').catch(({ message }) => message);
    const { showWalk } = await import('./dist/visualizations/inspector/show-walk.js');
    const shown = await showWalk({}, { offline: true }).catch(({ message }) => message);
    const cli = (await import('./dist/src/queue/open-producer.js')).openProducer({ host: '127.0.0.1', port: 1, db: 0 });
    console.log(JSON.stringify([svg, shown, paths.length, toFlow(plan, { target: 'a1111' }).name, said, await cli.catch(({ message }) => message)]));`;
  expect(JSON.parse(printed(program))).toEqual([
    'An SVG needs the package @viz-js/viz. Install it: npm install @viz-js/viz',
    'The offline inspector needs the package ws. Install it: npm install ws @viz-js/viz',
    9,
    'txt2img',
    'MissingPackageError: A stage worker needs the package bullmq. Install it: npm install bullmq ioredis',
    'Handing plans in needs the package bullmq. Install it: npm install bullmq ioredis',
  ]);
});
