import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { everyPolicy } from '../../machines/policies.ts';
import { canonicalSequence, type StageSequence, safeBuildStagePlan } from '../../src/index.ts';
import type { ReachableState } from '../../src/sequence/reachable-states.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { edgesOf, pathOf } from '../../src/sequence/states.ts';
import { configOf, everySwitchSet } from '../fixtures.ts';
import { brokenRules, keepsOrder, stagesAsked } from '../seed-rules.ts';
import { type EdgeMutant, edgeMutants } from './edge-mutants.ts';
import { brokenInvariants } from './invariants.ts';

const mutants = edgeMutants(canonicalSequence);
const kinds = ['drop', 'redirect', 'add', 'drop guard', 'invert guard'] as const;

/** Why a mutant may be no other machine at all. */
const excuses: Readonly<Record<string, (mutant: EdgeMutant) => boolean>> = {
  'the final state is never left': ({ kind, source }) => kind === 'add' && source === 'complete',
  'the state around it has this edge already': ({ kind, source, event, target }) =>
    kind === 'add' && targetOf(outerOf(source), event) === target,
  'entering a state and entering its first inner state are one': ({ kind, source, event, target }) =>
    kind === 'redirect' && firstInner[String(targetOf(source, event))] === target,
};

/** The states that have states inside, and the first of those. */
const firstInner: Readonly<Record<string, string>> = {
  txt2img: 'txt2img.base',
  redrawnUpscale: 'redrawnUpscale.enlarged',
};

/** Whether two sequences have the same words under every policy: their states are walked in pairs. */
function sameLanguage(one: StageSequence, other: StageSequence): boolean {
  return everyPolicy.every((policies) => {
    const known = new Set<string>();
    const same = (left: ReachableState | undefined, right: ReachableState | undefined): boolean => {
      if (left === undefined || right === undefined) return false;
      const pair = `${left.name} ${right.name}`;
      if (known.has(pair)) return true;
      known.add(pair);
      if (left.final !== right.final || left.moves.size !== right.moves.size) return false;
      return [...left.moves].every(([event, target]) => same(target, right.moves.get(event)));
    };
    return same(readSequence(one, policies).states[0], readSequence(other, policies).states[0]);
  });
}

/** Whether planning refuses a sequence, or the invariants or the table of legality see that it is not the canonical one. */
function isCaught(sequence: StageSequence): boolean {
  return everyPolicy.some((policies) => {
    const reading = readSequence(sequence, policies);
    if (reading.problems.length > 0 || reading.startProblems.length > 0) return true;
    if (brokenInvariants(sequence, policies).length > 0) return true;
    return everySwitchSet.some((run) => {
      const result = safeBuildStagePlan(configOf(run), { sequence, ...policies });
      if (result.success !== (brokenRules(run, policies).length === 0)) return true;
      if (!result.success) return false;
      const stages = result.plan.stages.map((stage) => stage.stage_type);
      const asked = stagesAsked(run);
      return (
        stages.length !== asked.size || !stages.every((stage) => asked.has(stage)) || !keepsOrder(stages)
      );
    });
  });
}

function outerOf(source: string): string {
  return source.includes('.') ? source.replace(/\..*/, '') : '';
}

function targetOf(source: string, event: string): string | undefined {
  const [edge] = edgesOf(canonicalSequence).filter(
    (candidate) => pathOf(candidate.source) === source && candidate.event === event,
  );
  return edge?.targets.map(pathOf).join();
}

function name({ kind, source, event, target }: EdgeMutant): string {
  return `${kind} ${source} --${event}--> ${target}`;
}

const killed = mutants.filter(({ sequence }) => isCaught(sequence));
const equivalent = mutants.filter((mutant) => !killed.includes(mutant));
const reasonOf = (mutant: EdgeMutant) => Object.keys(excuses).find((reason) => excuses[reason]?.(mutant));

const row = (label: string, counted: (list: readonly EdgeMutant[]) => number) =>
  `| ${label} | ${counted(mutants)} | ${counted(killed)} | ${counted(equivalent)} |`;
const table = [
  '| single-edge mutants | made | killed | equivalent |',
  '|---|---|---|---|',
  ...kinds.map((kind) => row(kind, (list) => list.filter((mutant) => mutant.kind === kind).length)),
  row('all', (list) => list.length),
];

afterAll(() => console.log(table.join('\n')));

test('every mutant that changes the language of the canonical machine is caught', () => {
  const survivors = equivalent.filter(({ sequence }) => !sameLanguage(canonicalSequence, sequence));
  expect(survivors.map(name)).toEqual([]);
});

test('every mutant that is not caught is no other machine, for a stated reason', () => {
  expect(equivalent.filter((mutant) => reasonOf(mutant) === undefined).map(name)).toEqual([]);
});

test('every excuse is needed', () => {
  expect(
    Object.keys(excuses).filter((reason) => !equivalent.some((mutant) => excuses[reason]?.(mutant))),
  ).toEqual([]);
});

test('docs/proof.md quotes the counts', () => {
  expect(readFileSync('docs/proof.md', 'utf8')).toContain(table.join('\n'));
});
