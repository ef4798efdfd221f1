import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** A hook that finds neither bullmq nor ioredis, as where they are not installed. */
const hook = `data:text/javascript,${encodeURIComponent(`
  export async function resolve(name, context, next) {
    if (name !== 'bullmq' && name !== 'ioredis') return next(name, context);
    throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
  }`)}`;

/** What a program that imports the built package prints without the two. */
function printed(program: string): string {
  const source = `import { register } from 'node:module'; register(${JSON.stringify(hook)}); ${program}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
  }).trim();
}

test('everything loads without bullmq, makes flows, and says what to install for a worker', () => {
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
    const cli = (await import('./dist/src/queue/open-producer.js')).openProducer({ host: '127.0.0.1', port: 1, db: 0 });
    console.log(JSON.stringify([paths.length, toFlow(plan, { target: 'a1111' }).name, said, await cli.catch(({ message }) => message)]));`;
  expect(JSON.parse(printed(program))).toEqual([
    9,
    'txt2img',
    'MissingPackageError: A stage worker needs the package bullmq. Install it: npm install bullmq ioredis',
    'Handing plans in needs the package bullmq. Install it: npm install bullmq ioredis',
  ]);
});
