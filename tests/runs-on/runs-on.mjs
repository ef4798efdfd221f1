import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Packs the package, installs it in small projects, and prints which of them work. `npm run runs-on` after a build;
// with `-- --write` the table goes into docs/runs-on.md. Everything comes from the npm registry, Node included.

const here = import.meta.dirname;
const outside = mkdtempSync(join(tmpdir(), 'stageplan-runs-on-'));
const tarball = join(
  outside,
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', outside]).trim(),
);
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const floor = (name) => peerDependencies[name].replace('^', '');

const newest = ['zod', 'xstate'];
const rows = [];
const fingerprints = new Set();
const failures = [];

/** Tries one thing, and says in a row of the table what came of it. */
function attempt(what, how, work) {
  try {
    rows.push([what, how, work()]);
  } catch (error) {
    const said = [error.stdout, error.stderr, error.message].filter(Boolean).join('\n').trim();
    failures.push(`${what}, ${how}: ${said}`);
    rows.push([what, how, '**fails**']);
  }
  console.log(rows.at(-1).join(' | '));
}

/** Runs a command for at most two minutes, so that one which hangs is named by its row. */
function run(command, args, cwd = '.') {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
}

// npm waits five minutes for a download that has stalled unless it is told to ask again sooner.
const installing = [
  'install',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--fetch-timeout=20000',
  '--fetch-retries=4',
  '--fetch-retry-mintimeout=1000',
];

/** A project of a user's, with the package and whatever else it installs. */
function project(name, packages) {
  const folder = join(outside, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  run('npm', [...installing, tarball, ...packages], folder);
  cpSync(here, folder, { recursive: true });
  return folder;
}

function installed(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Runs the consumer, and holds that its plan is that of every other. */
function plans(folder, node = process.execPath, file = 'consumer.mjs') {
  fingerprints.add(run(node, [file], folder));
  if (fingerprints.size > 1) throw new Error(`not the fingerprint of the others: ${[...fingerprints]}`);
  return 'the same plan';
}

/** Checks the types as a user's project would, with the TypeScript that was installed under a name. */
function checks(folder, resolution, typescript, ...others) {
  const module = resolution === 'bundler' ? 'esnext' : resolution;
  const rules = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    module,
    '--moduleResolution',
    resolution,
  ];
  run(
    process.execPath,
    [join('node_modules', typescript, 'bin', 'tsc'), ...rules, ...others, 'types.ts'],
    folder,
  );
}

const nodes = ['20.19', '22', '24', '26'];
const binary = `node-${process.platform}-${process.arch}`;
const named = (version) => `node-${version}`;
const home = project('nodes', [
  ...newest,
  ...nodes.map((version) => `${named(version)}@npm:${binary}@${version}`),
]);
for (const version of nodes)
  attempt('Node.js', version, () => {
    const node = join(home, 'node_modules', named(version), 'bin', 'node');
    run(node, ['node_modules/stageplan/dist/src/cli/main.js', 'build', 'run.json'], home);
    return `${installed(home, named(version))}: ${plans(home, node)}, and the command`;
  });

for (const zod of [floor('zod'), 'latest'])
  for (const xstate of [floor('xstate'), 'latest'])
    attempt('zod, xstate', `${zod}, ${xstate}`, () => {
      const folder = project(`zod-${zod}-xstate-${xstate}`, [
        `zod@${zod}`,
        `xstate@${xstate}`,
        'typescript@5.9',
      ]);
      checks(folder, 'nodenext', 'typescript');
      return `${plans(folder)}, the same types`;
    });

const typescripts = ['5.4', '5.9', '7'];
const typescript = (version) => `typescript-${version}`;
const typed = project('types', [
  ...newest,
  ...typescripts.map((version) => `${typescript(version)}@npm:typescript@${version}`),
]);
for (const version of typescripts)
  attempt('TypeScript', version, () => {
    for (const resolution of ['nodenext', 'bundler'])
      checks(typed, resolution, typescript(version), '--skipLibCheck', 'false');
    return `nodenext and bundler, \`skipLibCheck: false\`, in ${installed(typed, typescript(version))}`;
  });

const pictures = new Set();
const bundlers = ['esbuild', 'vite', 'webpack'];
const bundled = project('bundled', [...newest, ...bundlers]);
for (const bundler of bundlers)
  attempt('Bundler', bundler, () => {
    rmSync(join(bundled, 'out'), { recursive: true, force: true });
    for (const file of ['app.mjs', 'picture.mjs'])
      run(process.execPath, ['bundle.mjs', bundler, file], bundled);
    pictures.add(run(process.execPath, ['out/picture.mjs'], bundled));
    if (pictures.size > 1) throw new Error('not the picture of the others');
    const size = gzipSync(readFileSync(join(bundled, 'out', 'app.mjs'))).length;
    const kilobytes = (size / 1000).toFixed(1);
    return `${installed(bundled, bundler)}: ${plans(bundled, process.execPath, 'out/app.mjs')}, ${kilobytes} kB minified and gzipped, zod and XState in it; a picture without Graphviz`;
  });

const table = [['what', 'which', 'what was tried'], ['---', '---', '---'], ...rows]
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n');
if (process.argv.includes('--write')) {
  const page = readFileSync('docs/runs-on.md', 'utf8');
  writeFileSync(
    'docs/runs-on.md',
    page.replace(/^\| what [\s\S]*\|$/m, () => table),
  );
}
rmSync(outside, { recursive: true });
for (const failure of failures) console.error(failure);
console.log(`${rows.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
