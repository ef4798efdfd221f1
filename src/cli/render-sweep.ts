import { isPlainObject, type JsonValue } from '../json.ts';
import { quote } from '../path.ts';
import type { WorkCount } from '../plan/count-work.ts';
import type { PlanTree, PlanTreeNode } from '../plan/plan-tree.ts';
import { countOf, saySettings, sayWork } from '../plan/say-work.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import type { SweepCount } from '../sweep/count-sweep.ts';
import type { SweptPlan } from '../sweep/plan-sweep.ts';
import { visible } from '../visible.ts';
import { hanging, lines, type Row, table, wrong } from './layout.ts';
import type { Look } from './look.ts';
import { gives } from './render-plan.ts';

/** The combinations of a sweep as a table: their values, their stages, and what comes out or why nothing does. */
export function renderSweep(
  swept: Iterable<SweptPlan>,
  look: Look,
): {
  readonly text: string;
  readonly rejected: number;
} {
  const rows: (readonly string[])[] = [];
  let names: readonly string[] = [];
  let rejected = 0;
  for (const { index, values, result } of swept) {
    names = Object.keys(values).map(visible);
    if (!result.success) rejected += 1;
    rows.push([String(index + 1), ...Object.values(values).map(sayValue), ...outcome(result)]);
  }
  const said = table(['#', ...names, 'stages', 'gives'], rowsOf(rows), look);
  return { text: lines([said, '', sayRejected(rows.length, rejected)]), rejected };
}

/** How many plans and how much work a sweep is, and why combinations are rejected. */
export function renderSweepCount(count: SweepCount & WorkCount, look: Look): string {
  const { combinations, rejected, reasons, images, stages } = count;
  return lines([
    sayRejected(combinations, rejected),
    ...reasonLines(reasons, look),
    hanging('', sayWork(count), look),
    ...(count.plans === 0
      ? []
      : [
          `${countOf(images, 'image')} at the end`,
          '',
          table(
            ['stage', 'runs', 'instead of'],
            rowsOf(
              stages.map(({ stage_type, runs, instead_of }) => [
                stage_type,
                String(runs),
                String(instead_of),
              ]),
            ),
            look,
          ),
        ]),
  ]);
}

/** Merged plans as a table: each stage below the one that it follows, with the settings in which it differs. */
export function renderTree(tree: SweepCount & PlanTree, look: Look): string {
  const { combinations, rejected, reasons } = tree;
  return lines([
    ...(tree.plans === 0
      ? []
      : [
          table(
            ['stage', 'plans', 'runs', 'gives', 'differs in'],
            rowsOf(tree.children.flatMap((node) => treeRows(node, ''))),
            look,
          ),
          '',
        ]),
    ...(rejected === 0 ? [] : [sayRejected(combinations, rejected), ...reasonLines(reasons, look)]),
    hanging('', sayWork(tree), look),
  ]);
}

function rowsOf(rows: readonly (readonly string[])[]): readonly Row[] {
  return rows.map((cells) => ({ cells }));
}

function treeRows(node: PlanTreeNode, indent: string): readonly (readonly string[])[] {
  const { stage_type, plans, runs, settings, children } = node;
  return [
    [indent + stage_type, String(plans), String(runs), gives(node), saySettings(settings)],
    ...children.flatMap((child) => treeRows(child, `${indent}  `)),
  ];
}

function sayRejected(combinations: number, rejected: number): string {
  const all = countOf(combinations, 'combination');
  return rejected === 0 ? all : `${all}, of which ${rejected} ${rejected === 1 ? 'has' : 'have'} no plan`;
}

function reasonLines(reasons: SweepCount['reasons'], look: Look): readonly string[] {
  return reasons.map(({ combinations, message }) => hanging(`  ${combinations} x `, visible(message), look));
}

function outcome(result: SweptPlan['result']): readonly string[] {
  if (result.success) {
    const { stages } = result.plan;
    const types = stages.map(({ stage_type }) => stage_type).join(', ');
    return [types, ...stages.slice(-1).map(gives)];
  }
  const { error } = result;
  const problems = error instanceof InvalidStagePlanError ? error.rejections : error.problems;
  return [`${wrong} no plan`, problems.map(({ message }) => visible(message)).join(' ')];
}

/** A value in a cell: bare where it can be told from its neighbours. */
function sayValue(value: JsonValue): string {
  if (isPlainObject(value)) return saySettings(value);
  const said = quote(value);
  return said === `"${value}"` && !/\s/.test(said) ? said.slice(1, -1) : said;
}
