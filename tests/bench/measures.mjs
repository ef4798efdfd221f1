import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createActor, initialTransition, transition } from 'xstate';
import { toComfyPrompt } from '../../dist/src/compile/comfyui/index.js';
import { toWebuiRequests } from '../../dist/src/compile/webui/index.js';
import * as stageplan from '../../dist/src/index.js';
import { routeThrough } from '../../dist/src/route/route.js';
import { resolveSequence } from '../../dist/src/sequence/options.js';
import { planSweep } from '../../dist/src/sweep/index.js';
import { checkSequence } from '../../dist/src/testing/index.js';
import { bundleSizes } from './bundle-size.mjs';
import { runNode, timeInTurns, timePrograms } from './timing.mjs';

const { buildStagePlan, canonicalSequence, RunConfig, sequenceFingerprint } = stageplan;

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const cli = file('../../dist/src/cli/main.js');
const example = file('../../examples/full-chain.json');
const config = JSON.parse(readFileSync(example, 'utf8'));
const line = JSON.stringify(config);
const plan = buildStagePlan(config);

/**
 * Everything that is measured. Each gives values by the ids of their rows; a row says what its value is, and `atMost` or
 * `atLeast` what it should be. `effort` scales how long a measure takes: 1 in full, less when it is quick.
 */
export const measures = [
  {
    rows: [
      { id: 'parse', what: '`RunConfig.parse` / `JSON.parse` of the same text', atMost: 2.7 },
      { id: 'build', what: 'validated build, full chain / `JSON.parse` of the same text', atMost: 8.6 },
      { id: 'build-by-hand', what: 'the same build / `RunConfig.parse`, then the builder by hand' },
      { id: 'plan-by-hand', what: 'the same build / the builder by hand, of a run that was parsed' },
    ],
    measure: measureBuild,
  },
  {
    rows: [
      { id: 'compile-webui', what: 'compiling the full chain for a WebUI / building it' },
      { id: 'compile-comfyui', what: 'compiling the full chain for ComfyUI / building it' },
    ],
    measure: measureCompile,
  },
  {
    rows: [
      { id: 'walk-transition', what: 'remembered walk / `transition` for each event', atMost: 0.01 },
      { id: 'walk-actor', what: 'remembered walk / an actor', atMost: 0.01 },
    ],
    measure: measureWalk,
  },
  {
    rows: [
      {
        id: 'ndjson',
        what: '`build --ndjson`, one core / parse of the same lines and stringify of the same plans',
        atMost: 1.3,
      },
    ],
    measure: measureStream,
  },
  {
    rows: [
      { id: 'jobs', what: '`build --ndjson --jobs 2`, plans a second / those of `--jobs 1`', atLeast: 1.5 },
    ],
    measure: measureJobs,
  },
  {
    rows: [
      {
        id: 'start',
        what: 'first plan after process start / `node` with zod and xstate imported',
        atMost: 1.5,
      },
    ],
    measure: measureStart,
  },
  {
    rows: [
      { id: 'memory', what: 'peak memory of `build --ndjson`, MB', atMost: 250 },
      { id: 'memory-growth', what: 'peak memory / that over a tenth of the lines', atMost: 1.2 },
    ],
    measure: measureMemory,
  },
  {
    rows: [
      { id: 'bundle', what: 'core bundle without zod and xstate, min + gz, kB', atMost: 16 },
      { id: 'bundle-all', what: 'the same with everything that `stageplan` exports, kB' },
      { id: 'bundle-peers', what: 'the core with zod and xstate, min + gz, kB' },
    ],
    measure: measureBundle,
  },
  {
    rows: [
      {
        id: 'sweep-growth',
        what: 'time a plan of the longest sweep / of one a hundredth as long',
        atMost: 1.5,
      },
    ],
    measure: measureSweep,
  },
  {
    rows: [
      {
        id: 'stages-first',
        what: 'first plan of 64 optional stages / of 32 (their transitions: 3.9)',
        atMost: 4.6,
      },
      {
        id: 'stages-second',
        what: 'second plan of 64 optional stages / of 32 (their transitions: 3.9)',
        atMost: 4.6,
      },
    ],
    measure: measureStages,
  },
];

const roundsFor = (effort) => Math.max(5, Math.round(15 * effort));

async function measureBuild(effort) {
  const { handWrittenPlan } = await importTypescript('./hand-written-plan.ts');
  const fingerprint = sequenceFingerprint(canonicalSequence);
  const run = RunConfig.parse(config);
  const { json, parse, whole, byHand, planByHand } = timeInTurns(
    {
      json: () => JSON.parse(line),
      parse: () => RunConfig.parse(config),
      whole: () => buildStagePlan(config),
      byHand: () => handWrittenPlan(RunConfig.parse(config), fingerprint),
      planByHand: () => handWrittenPlan(run, fingerprint),
    },
    { rounds: roundsFor(effort), spell: 250 },
  );
  return {
    parse: parse / json,
    build: whole / json,
    'build-by-hand': whole / byHand,
    'plan-by-hand': whole / planByHand,
  };
}

function measureCompile(effort) {
  const models = { upscalers: { '4x-UltraSharp': { file: '4x-UltraSharp.pth', scale: 4 } } };
  const { built, webui, comfyui } = timeInTurns(
    {
      built: () => buildStagePlan(config),
      webui: () => toWebuiRequests(plan, { target: 'forge' }),
      comfyui: () => toComfyPrompt(plan, { models }),
    },
    { rounds: roundsFor(effort), spell: 100 },
  );
  return { 'compile-webui': webui / built, 'compile-comfyui': comfyui / built };
}

function measureWalk(effort) {
  const reading = resolveSequence({});
  const run = RunConfig.parse(config);
  const events = plan.events.map((type) => ({ type }));
  const input = reading.policies;
  const { remembered, byTransition, byActor } = timeInTurns(
    {
      remembered: () => routeThrough(reading, run, { order: 'reject', openable: [] }),
      byTransition: () => {
        let [snapshot] = initialTransition(canonicalSequence, input);
        for (const event of events) [snapshot] = transition(canonicalSequence, snapshot, event);
      },
      byActor: () => {
        const actor = createActor(canonicalSequence, { input }).start();
        for (const event of events) actor.send(event);
      },
    },
    { rounds: roundsFor(effort), spell: 100 },
  );
  return { 'walk-transition': remembered / byTransition, 'walk-actor': remembered / byActor };
}

/** What takes the same lines apart and writes the same plans, and does nothing else. */
const echo = `
  import { createInterface } from 'node:readline';
  const plan = ${JSON.stringify(plan)};
  let out = [];
  for await (const line of createInterface({ input: process.stdin })) {
    JSON.parse(line);
    out.push(JSON.stringify(plan));
    if (out.length === 64) process.stdout.write(out.splice(0).join('\\n') + '\\n');
  }
  process.stdout.write(out.join('\\n'));`;

/** Beyond what each takes for one line: its start is measured by itself. */
async function measureStream(effort) {
  const times = 40_000 * effort;
  const ndjson = [cli, 'build', '--ndjson'];
  const plain = ['--input-type=module', '--eval', echo];
  const taken = await timePrograms(
    {
      one: () => runNode(ndjson, { line, times: 1 }),
      all: () => runNode(ndjson, { line, times }),
      plainOne: () => runNode(plain, { line, times: 1 }),
      plainAll: () => runNode(plain, { line, times }),
    },
    5,
  );
  return { ndjson: (taken.all - taken.one) / (taken.plainAll - taken.plainOne) };
}

async function measureJobs(effort) {
  const times = 60_000 * effort;
  const jobs = (count) => runNode([cli, 'build', '--ndjson', '--jobs', String(count)], { line, times });
  const { one, two } = await timePrograms({ one: () => jobs(1), two: () => jobs(2) }, 5);
  return { jobs: one / two };
}

async function measureStart(effort) {
  const { first, bare } = await timePrograms(
    {
      first: () => runNode([cli, 'build', example, '--json']),
      bare: () => runNode(['--input-type=module', '--eval', "import 'zod'; import 'xstate';"]),
    },
    Math.ceil(31 * effort),
  );
  return { start: first / bare };
}

const sayPeak = `data:text/javascript,process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + ';'))`;

async function measureMemory(effort) {
  const most = 1_000_000 * effort;
  const peak = async (times) => {
    const said = await runNode(['--import', sayPeak, cli, 'build', '--ndjson'], { line, times });
    return Number(/peak (\d+);/.exec(said)?.[1]) / 1000;
  };
  const tenth = await peak(most / 10);
  const all = await peak(most);
  return { memory: all, 'memory-growth': all / tenth };
}

async function measureBundle() {
  const { core, everythingExported, withPeers } = await bundleSizes();
  return { bundle: core, 'bundle-all': everythingExported, 'bundle-peers': withPeers };
}

function measureSweep(effort) {
  const perPlan = (count) => {
    const axes = [{ field: 'seed', range: { from: 1, to: count, step: 1 } }];
    const start = process.cpuUsage();
    let plans = 0;
    for (const { result } of planSweep(config, axes)) plans += result.success ? 1 : 0;
    const { user, system } = process.cpuUsage(start);
    return (user + system) / plans;
  };
  const most = 1_000_000 * effort;
  perPlan(most / 100);
  return { 'sweep-growth': perPlan(most) / perPlan(most / 100) };
}

async function measureStages(effort) {
  const { measurements } = await importTypescript('../growth/situations.ts');
  const library = { ...stageplan, checkSequence };
  const taken = (what, count) => {
    const times = Array.from({ length: roundsFor(effort) }, () => {
      const measured = measurements().find((each) => each.what === what && each.where === 'all stages on');
      const run = measured.prepare(library, count);
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    // The least is what no other program had a part in.
    return Math.min(...times);
  };
  for (const what of ['first plan', 'second plan']) taken(what, 16);
  return {
    'stages-first': taken('first plan', 64) / taken('first plan', 32),
    'stages-second': taken('second plan', 64) / taken('second plan', 32),
  };
}

async function importTypescript(path) {
  const { outputFiles } = await build({
    entryPoints: [file(path)],
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
    outfile: 'bundle.mjs',
    loader: { '.ts': 'ts' },
  });
  const code = outputFiles[0].text.replaceAll(
    /from "(zod|xstate)"/g,
    (_, name) => `from ${JSON.stringify(import.meta.resolve(name))}`,
  );
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
