import type { ComposedRun } from '../../src/import/index.ts';

type Path = readonly (string | number)[];

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** Codes whose note speaks of everything under its path. */
const wholeSubtree: readonly string[] = ['dropped', 'ignored', 'not_set', 'contradicted'];

/** The values of an input that are neither in the config under their own name, nor named in a note. */
export function lostLeaves(input: unknown, { config, notes }: ComposedRun): readonly string[] {
  const exact = new Set(
    notes.filter(({ code }) => code !== 'defaulted').map(({ path }) => JSON.stringify(path)),
  );
  const subtrees = new Set(
    notes.filter(({ code }) => wholeSubtree.includes(code)).map(({ path }) => JSON.stringify(path)),
  );
  const kept = new Set(leavesOf(config, []).map(({ path, value }) => JSON.stringify([path.at(-1), value])));
  const isNoted = (path: Path) =>
    exact.has(JSON.stringify(path)) ||
    path.some((_, depth) => subtrees.has(JSON.stringify(path.slice(0, depth))));
  return leavesOf(input, [])
    .filter(({ path, value }) => !isNoted(path) && !kept.has(JSON.stringify([path.at(-1), value])))
    .map(({ path }) => path.join('.'));
}

function leavesOf(value: unknown, path: Path): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
