import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { createVitest } from 'vitest/node';

// npm run test:mutation -- [a file or folder of the sources ...]: every mutant of these sources against every test that runs its
// code. What it finds is kept in reports/mutation, and a later run takes up what is left there: mutants not yet tried, those of
// files that have changed, and those that survived.
//
// --tests a,b   only these files and folders of tests: first the fast ones, then for what survived the others
// --whole       whole test files: an answer that was remembered hides from a later test that it depends on a mutant's code
// --sample 300  so many of the mutants, the same ones each time

const KEPT = 'reports/mutation';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', default: 'tests' },
    whole: { type: 'boolean', default: false },
    sample: { type: 'string', default: 'Infinity' },
  },
});
const scope = positionals.length
  ? positionals
  : ['machines', ...['sequence', 'config', 'route', 'plan', 'planner'].map((room) => `src/${room}`)];

const under = (path, ending) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true })
        .filter((name) => name.endsWith(ending))
        .map((name) => `${path}/${name}`)
        .sort();
const nothing = () => undefined;
const instrumenter = new Instrumenter({
  isDebugEnabled: () => false,
  debug: nothing,
  info: nothing,
  warn: nothing,
});
const sources = scope
  .flatMap((path) => under(path, '.ts'))
  .map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true }));
const { files, mutants: all } = await instrumenter.instrument(sources, {
  ignorers: [],
  excludedMutations: [],
  plugins: null,
});

/** Stryker's switches ask by name and count in globals; the runner sets both once for each mutant, before a module is read. */
const instrumented = new Map(
  files.map(({ name, content }) => [
    name,
    `const { active: __active, hit: __hit, cover: __cover } = globalThis.__mutation;\n${content
      .replace(/function stryNS_9fa48\(\)[\s\S]*?^function stryMutAct_9fa48\(id\)[\s\S]*?^}$/m, '')
      .replace(/stryMutAct_9fa48\("(\d+)"\)/g, '(__active === $1 && __hit())')
      .replace(/stryCov_9fa48\(((?:"\d+"(?:, )?)+)\)/g, '(__cover && __cover($1))')}`,
  ]),
);
for (const [name, content] of instrumented)
  if (/stry(NS|Cov|MutAct)_9fa48/.test(content))
    throw new Error(
      `Stryker's switches in ${name} look otherwise: ${content.match(/.*stry(NS|Cov|MutAct)_9fa48.*/)?.[0]}`,
    );

mkdirSync(KEPT, { recursive: true });
const keptIn = (name) => `${KEPT}/${name.replaceAll('/', '.')}.json`;
const keyOf = ({ location: { start, end }, mutatorName, replacement }) =>
  [start.line, start.column, end.line, end.column, mutatorName, replacement].join(' ');
const lot = ({ fileName, ...mutant }) =>
  createHash('sha256')
    .update(`${fileName} ${keyOf(mutant)}`)
    .digest('hex');
const mutants = Number.isFinite(Number(values.sample))
  ? all.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, Number(values.sample))
  : all;
const statuses = new Map();
for (const { name, content } of sources) {
  if (!existsSync(keptIn(name))) continue;
  const kept = JSON.parse(readFileSync(keptIn(name), 'utf8'));
  if (kept.source === content)
    for (const mutant of kept.mutants) statuses.set(`${name} ${keyOf(mutant)}`, mutant);
}
const before = (mutant) => statuses.get(`${mutant.fileName} ${keyOf(mutant)}`);
/** The new ones first: one that survived is likely to survive again, which takes all its tests to find out. */
const left = mutants
  .filter((mutant) => !['Killed', 'Timeout'].includes(before(mutant)?.status))
  .sort((a, b) => Number(before(a)?.status !== undefined) - Number(before(b)?.status !== undefined));

const progress = `${KEPT}/progress-${process.pid}.ndjson`;
writeFileSync(progress, '');
const done = () =>
  readFileSync(progress, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Tests that see no mutant, since they run the built package, or that take minutes, or replace modules for the files behind them. */
const blind =
  /^tests\/(?:e2e|queue)\/|\/(?:growth|heap|leaves|own-sequences|process|readme|sentences)\.test\.ts$/;
process.env.CI = 'true';
const vitest = await createVitest(
  'test',
  { config: 'tests/mutation/vitest.config.ts', watch: false, reporters: [{}] },
  {
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        transform: (_, id) => instrumented.get(relative(process.cwd(), id)),
      },
    ],
  },
);
vitest.provide('mutation', {
  progress,
  whole: values.whole,
  mutants: left.map(({ id }) => Number(id)),
  tests: values.tests
    .split(',')
    .flatMap((path) => under(path, '.test.ts'))
    .filter((test) => !blind.test(test)),
});
const specifications = await vitest.globTestSpecifications();

const decided = () => new Map(done().flatMap((line) => (line.status ? [[line.mutant, line]] : [])));
const keep = () => {
  const found = decided();
  return sources.map(({ name, content }) => {
    const ofFile = mutants
      .filter(({ fileName }) => fileName === name)
      .map(({ id, fileName, location, mutatorName, replacement, status }) => {
        const { status: now, by, ms } = found.get(Number(id)) ?? {};
        const mutant = { location, mutatorName, replacement };
        return {
          ...mutant,
          ...(now ? { status: now, by, ms } : (before({ fileName, ...mutant }) ?? { status })),
        };
      });
    writeFileSync(
      `${keptIn(name)}.new`,
      `${JSON.stringify({ source: content, mutants: ofFile }, null, 1)}\n`,
    );
    renameSync(`${keptIn(name)}.new`, keptIn(name));
    return { name, ofFile };
  });
};

/** The worker says until when it should have said more; after that the mutant loops, and a new worker goes on behind it. */
const watch = setInterval(() => {
  const last = done().at(-1);
  if (last?.until && Date.now() > last.until) {
    appendFileSync(progress, `${JSON.stringify({ mutant: last.starts, status: 'Timeout' })}\n`);
    process.kill(last.pid, 'SIGKILL');
  }
  keep();
}, 5000);
for (let tried = -1; decided().size > tried && decided().size < left.length; ) {
  tried = decided().size;
  const { unhandledErrors, testModules } = await vitest.runTestSpecifications(specifications);
  const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
  // Of a worker that was killed nothing else is said than that it is gone.
  for (const { message } of errors) console.error(message);
}
clearInterval(watch);
await vitest.close();
for (const { leftOut, because } of done()) if (leftOut) console.log(`${leftOut} is left out: ${because}.`);

const counts = {};
for (const { name, ofFile } of keep()) {
  for (const { status } of ofFile) counts[status ?? 'left'] = (counts[status ?? 'left'] ?? 0) + 1;
  for (const { status, location, mutatorName, replacement } of ofFile)
    if (['Survived', 'NoCoverage'].includes(status))
      console.log(
        `${name}:${location.start.line + 1}:${location.start.column + 1} ${status} ${mutatorName}: ${replacement}`,
      );
}
rmSync(progress);
const noticed = (counts.Killed ?? 0) + (counts.Timeout ?? 0);
console.log(counts, `${((100 * noticed) / mutants.length).toFixed(2)} % noticed`);
if (noticed < 0.92 * mutants.length) process.exitCode = 1;
