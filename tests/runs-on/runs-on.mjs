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

function run(command, args, cwd = '.') {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A project of a user's, with the package and whatever else it installs. */
function project(name, packages) {
  const folder = join(outside, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...packages], folder);
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

/** Checks the types as a user's project would. */
function checks(folder, resolution, ...others) {
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
    [join('node_modules', 'typescript', 'bin', 'tsc'), ...rules, ...others, 'types.ts'],
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
      checks(folder, 'nodenext');
      return `${plans(folder)}, the same types`;
    });

for (const version of ['5.4', '5.9', '7'])
  attempt('TypeScript', version, () => {
    const folder = project(`typescript-${version}`, [...newest, `typescript@${version}`]);
    for (const resolution of ['nodenext', 'bundler']) checks(folder, resolution, '--skipLibCheck', 'false');
    return `nodenext and bundler, \`skipLibCheck: false\`, in ${installed(folder, 'typescript')}`;
  });

const pictures = new Set();
const bundlers = [
  ['esbuild', ['esbuild']],
  ['vite', ['vite']],
  ['webpack', ['webpack']],
];
for (const [bundler, packages] of bundlers)
  attempt('Bundler', bundler, () => {
    const folder = project(`bundled-by-${bundler}`, [...newest, ...packages]);
    for (const file of ['app.mjs', 'picture.mjs'])
      run(process.execPath, ['bundle.mjs', bundler, file], folder);
    pictures.add(run(process.execPath, ['out/picture.mjs'], folder));
    if (pictures.size > 1) throw new Error('not the picture of the others');
    const size = gzipSync(readFileSync(join(folder, 'out', 'app.mjs'))).length;
    const kilobytes = (size / 1000).toFixed(1);
    return `${installed(folder, bundler)}: ${plans(folder, process.execPath, 'out/app.mjs')}, ${kilobytes} kB minified and gzipped, zod and XState in it; a picture without Graphviz`;
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
