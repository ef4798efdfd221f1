import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalSequence } from '../machines/index.ts';
import { sequences } from '../machines/sequences.ts';
import { planFinished, subjectName } from '../src/sequence/events.ts';
import { importsOf, isText, tokensOf } from './tokens.ts';

/** The rooms from the ground up. Those of one floor stand side by side; each imports only rooms of the floors below. */
const floors: readonly (readonly string[])[] = [
  ['machines'],
  ['ground'],
  ['sequence'],
  ['config'],
  ['route'],
  ['plan'],
  ['planner'],
  ['compile', 'import', 'sweep', 'testing'],
  ['index'],
  ['queue'],
  ['visualizations'],
  ['cli'],
];

/** Rooms below another one of which it knows nothing all the same. */
const strangers: Readonly<Record<string, readonly string[]>> = {
  route: ['config'],
  compile: ['machines', 'sequence', 'config', 'route', 'planner'],
  index: ['compile', 'import', 'sweep', 'testing'],
};

/** The rooms that a browser can load. */
const core = floors.slice(0, floors.findIndex((floor) => floor.includes('index')) + 1).flat();

const files = ['machines', 'src', 'visualizations'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => posix.join(folder, file)),
);

const imports = files.flatMap((file) =>
  importsOf(readFileSync(file, 'utf8')).map((module) => ({ file, module })),
);

/** The room of a file: its folder in `src`, or one of the two beside it. Files directly in `src` are the ground. */
function roomOf(file: string): string {
  const [outer = '', inner = '', ...deeper] = file.split('/');
  if (outer !== 'src') return outer;
  if (inner === 'index.ts') return 'index';
  return deeper.length === 0 || inner === 'names' ? 'ground' : inner;
}

function floorOf(room: string): number {
  return floors.findIndex((floor) => floor.includes(room));
}

function mayImport(room: string, other: string): boolean {
  if (room === other) return true;
  return floorOf(other) < floorOf(room) && strangers[room]?.includes(other) !== true;
}

test('every file stands in a room', () => {
  expect(files.filter((file) => floorOf(roomOf(file)) === -1)).toEqual([]);
  expect(floors.flat().filter((room) => !files.some((file) => roomOf(file) === room))).toEqual([]);
});

test('a room imports only what stands below it, types included', () => {
  const upward = imports
    .filter(({ module }) => module.startsWith('.'))
    .map(({ file, module }) => ({ file, target: posix.join(posix.dirname(file), module) }))
    .filter(({ file, target }) => !mayImport(roomOf(file), roomOf(target)));
  expect(upward).toEqual([]);
});

test('the core imports nothing of Node', () => {
  const ofNode = imports.filter(
    ({ file, module }) => core.includes(roomOf(file)) && module.startsWith('node:'),
  );
  expect(ofNode).toEqual([]);
});

/** Words side by side, as `redrawnUpscale` has them. */
function apart(text: string): string {
  return text.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

test.each(['sequence', 'route', 'planner'])('src/%s names no shipped stage, pass or state', (room) => {
  const subjects = canonicalSequence.events.filter((event) => event !== planFinished).map(subjectName);
  const states = Object.values(sequences).flatMap(({ root }) =>
    Object.values(root.states).flatMap(({ key, meta }) => (meta?.stage_type === null ? [] : [apart(key)])),
  );
  const shipped = [...subjects, ...states].join('|');
  const naming = new RegExp(`(?<![a-z0-9])(?:${shipped})(?![a-z0-9])`, 'i');
  const named = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      tokensOf(readFileSync(file, 'utf8'))
        .filter((token) => naming.test(apart(token.text)))
        .map((token) => `${file}: ${isText(token) ? JSON.stringify(token.text) : token.text}`),
    );
  expect(named).toEqual([]);
});

test('ARCHITECTURE.md has a line for every room', () => {
  const rows =
    readFileSync('ARCHITECTURE.md', 'utf8')
      .match(/^\| `.*$/gm)
      ?.join('\n') ?? '';
  const named: Readonly<Record<string, string>> = {
    machines: 'machines/',
    ground: 'src/*.ts',
    index: 'src/index.ts',
    visualizations: 'visualizations/',
  };
  expect(floors.flat().filter((room) => !rows.includes(`\`${named[room] ?? `src/${room}/`}\``))).toEqual([]);
});
