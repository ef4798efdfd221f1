import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const json = new URL('../../docs/numbers.json', import.meta.url);
const page = new URL('../../docs/numbers.md', import.meta.url);

/** The figures that are committed, or undefined where there are none yet. */
export function readNumbers() {
  try {
    return JSON.parse(readFileSync(json, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes the figures, and the page with their table. */
export function writeNumbers(numbers) {
  writeFileSync(json, `${JSON.stringify(numbers, null, 2)}\n`);
  writeFileSync(page, renderPage(readFileSync(page, 'utf8'), numbers));
}

/** The page with the table between its two marks made anew. */
function renderPage(text, { rows, ...setting }) {
  const [before] = text.split(begin);
  const [, after] = text.split(end);
  return `${before}${begin}\n${renderSetting(setting)}\n\n${renderTable(rows)}\n${end}${after}`;
}

const begin = '<!-- The table is made by npm run bench -- --write. -->';
const end = '<!-- Here it ends. -->';

function renderSetting({ quick, date, machine, node, versions }) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${date}${quick ? ' with --quick, beside other work' : ''}: ${machine}, Node ${node}, ${packages.join(', ')}.`;
}

function renderTable(rows) {
  const lines = rows.map(
    (row) => `| ${row.what} | ${renderValue(row.value)} | ${renderLimit(row)} | ${renderVerdict(row)} |`,
  );
  return ['| measure | value | limit | reached |', '|---|---|---|---|', ...lines].join('\n');
}

/** Three figures that count. */
export function renderValue(value) {
  return value === null ? 'not measured' : String(Number(value.toPrecision(3)));
}

export function renderLimit({ atMost, atLeast }) {
  if (atMost !== undefined) return `at most ${atMost}`;
  return atLeast === undefined ? '' : `at least ${atLeast}`;
}

export function renderVerdict({ value, atMost, atLeast }) {
  if (value === null || (atMost === undefined && atLeast === undefined)) return '';
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? 0) ? 'yes' : 'no';
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(renderPage(readFileSync(page, 'utf8'), readNumbers()));
