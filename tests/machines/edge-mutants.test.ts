import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { canonicalSequence, type StageSequence, safeBuildStagePlan } from '../../src/index.ts';
import { everyPolicy, explore, type ReachableState } from '../../src/sequence/reachable-states.ts';
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
    kind === 'add' && source.startsWith('txt2img.') && targetOf('txt2img', event) === target,
  'entering txt2img and entering its first state are one': ({ kind, event, target }) =>
    kind === 'redirect' && event === 'stage.txt2img' && target === 'txt2img.base',
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
      if (left.snapshot.status !== right.snapshot.status || left.moves.size !== right.moves.size)
        return false;
      return [...left.moves].every(([event, target]) => same(target, right.moves.get(event)));
    };
    return same(explore(one, policies)[0], explore(other, policies)[0]);
  });
}

/** Whether the invariants or the table of legality see that a sequence is not the canonical one. */
function isCaught(sequence: StageSequence): boolean {
  return everyPolicy.some((policies) => {
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

function targetOf(source: string, event: string): string | undefined {
  const [, to] =
    Object.entries({
      'stage.img2img': 'img2img',
      'stage.upscale': 'upscale',
      'stage.adetailer': 'adetailer',
      'plan.finished': 'complete',
    }).find(([type]) => type === event) ?? [];
  return source === 'txt2img' ? to : undefined;
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

test('the README quotes the counts', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(table.join('\n'));
});
