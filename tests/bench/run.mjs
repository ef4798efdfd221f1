import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measures } from './measures.mjs';
import { readNumbers, renderLimit, renderValue, renderVerdict, writeNumbers } from './table.mjs';

// Everything that docs/numbers.md has, in one run, as ratios. --quick measures a tenth as long; --compare shows what got
// worse by more than a fifth against the committed figures, and ends with 1 then; --write puts the figures in their place.
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const worst = 1.2;
const effort = flags.quick ? 0.1 : 1;
const rows = [];
for (const { rows: made, measure } of measures) {
  const values = await measure(effort);
  for (const row of made) {
    const measured = { ...row, value: values[row.id] ?? null };
    rows.push(measured);
    console.log(
      [
        row.id.padEnd(16),
        renderValue(measured.value).padStart(12),
        renderLimit(row),
        renderVerdict(measured),
      ].join('  '),
    );
  }
}

const missed = rows.filter((row) => renderVerdict(row) === 'no');
if (missed.length > 0) console.log(`limits not reached: ${missed.map(({ id }) => id).join(', ')}`);
if (flags.write) writeNumbers({ ...setting(), rows });
if (flags.compare) compare();

function compare() {
  const committed = new Map(readNumbers()?.rows.map(({ id, value }) => [id, value]));
  const regressed = rows.filter(({ id, value, atLeast }) => {
    const before = committed.get(id) ?? null;
    if (value === null || before === null) return false;
    return (atLeast === undefined ? value / before : before / value) > worst;
  });
  for (const { id, value } of regressed)
    console.log(`regressed: ${id} was ${renderValue(committed.get(id))}, is ${renderValue(value)}`);
  if (regressed.length > 0) process.exitCode = 1;
  else console.log('nothing regressed by more than a fifth');
}

function setting() {
  const [cpu] = cpus();
  const version = (name) =>
    JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8'))
      .version;
  return {
    quick: flags.quick,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores of an ${cpu?.model.trim()}`,
    node: process.versions.node,
    versions: Object.fromEntries(['zod', 'xstate', 'esbuild'].map((name) => [name, version(name)])),
  };
}
