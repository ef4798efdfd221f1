import { isPlainObject, sameJson } from '../json.ts';
import { type Path, renderPath } from '../path.ts';
import type { Size } from '../size.ts';
import { type WorkCount, workCounter } from './count-work.ts';
import type { AnyStageExecution, AnyStageExecutionPlan } from './stage-execution-plan.ts';
import { TooMuchWorkError } from './too-much-work-error.ts';
import { type StageWork, workReader } from './work.ts';

/** A stage that some plans have in common, and what they do next. */
export interface PlanTreeNode {
  readonly stage_type: string;
  /** The fingerprint of its work. null: it shares nothing, and is run once for each plan. */
  readonly work: string | null;
  /** How many plans go through it. */
  readonly plans: number;
  /** How often it is run: once, or as often as there are plans where it shares nothing. */
  readonly runs: number;
  readonly images_out: number;
  readonly output_size: Size | null;
  /** The settings in which it differs from the others behind the same stage, by their paths: `redraw.steps`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly children: readonly PlanTreeNode[];
}

/** Plans with what they have in common merged: each node is a stage behind one and the same work. */
export interface PlanTree extends WorkCount {
  readonly children: readonly PlanTreeNode[];
}

/**
 * Merges plans that begin with the same work, see `workFingerprints`. Stages that can share nothing are merged too where
 * their settings are equal, and say in `runs` how often they are run.
 *
 * Pure. Linear in the stages of the plans; it holds what is merged, and no plan.
 *
 * @throws {TooMuchWorkError} when it would have more than 200,000 nodes.
 */
export function planTree(plans: Iterable<AnyStageExecutionPlan>): PlanTree {
  return treeOf(plans, mostNodes);
}

/** The most nodes of a tree, of about 5 kB each. */
const mostNodes = 200_000;

/** Merges plans into a tree of at most so many nodes. */
export function treeOf(plans: Iterable<AnyStageExecutionPlan>, most: number): PlanTree {
  const counter = workCounter();
  const worksOf = workReader();
  const root: Branch = new Map();
  let nodes = 0;
  for (const plan of plans) {
    const works = worksOf(plan);
    counter.add(works);
    let branch = root;
    for (const work of works) {
      if (!branch.has(work.key)) nodes += 1;
      if (nodes > most) throw new TooMuchWorkError('merged', most);
      branch = grow(branch, work);
    }
  }
  return { ...counter.count(), children: nodesOf(root) };
}

/** What follows one stage, by the keys of its work. */
type Branch = Map<string, Twig>;

interface Twig extends Pick<AnyStageExecution, 'stage_type' | 'images_out' | 'output_size'> {
  readonly work: Omit<StageWork, 'stage'>;
  readonly children: Branch;
  plans: number;
}

/** Sends a plan through one more stage, and gives what follows that. */
function grow(branch: Branch, { stage, ...work }: StageWork): Branch {
  const { stage_type, images_out, output_size } = stage;
  const twig = branch.get(work.key) ?? {
    stage_type,
    images_out,
    output_size,
    work,
    children: new Map(),
    plans: 0,
  };
  branch.set(work.key, twig);
  twig.plans += 1;
  return twig.children;
}

function nodesOf(branch: Branch): readonly PlanTreeNode[] {
  const twigs = [...branch.values()];
  const types = [...new Set(twigs.map(({ stage_type }) => stage_type))];
  const varying = new Map(
    types.map((type) => [type, varyingPaths(twigs.filter(({ stage_type }) => stage_type === type))]),
  );
  return twigs.map(({ work: { key, open, settings }, children, ...twig }) => ({
    ...twig,
    work: open === null ? key : null,
    runs: open === null ? 1 : twig.plans,
    settings: Object.fromEntries(
      [...leavesOf(settings)].filter(([path]) => varying.get(twig.stage_type)?.has(path)),
    ),
    children: nodesOf(children),
  }));
}

/** The paths of the settings that are not the same in all of some stages. */
function varyingPaths(twigs: readonly Twig[]): ReadonlySet<string> {
  const [first = new Map(), ...others] = twigs.map(({ work }) => leavesOf(work.settings));
  const varying = new Set<string>();
  for (const other of others)
    for (const path of [...first.keys(), ...other.keys()])
      if (!sameJson(first.get(path), other.get(path))) varying.add(path);
  return varying;
}

/** The values of an object at every depth, by their paths. An empty list or object is a value. */
function leavesOf(settings: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (value: unknown, path: Path) => {
    const inner = Array.isArray(value)
      ? [...value.entries()]
      : isPlainObject(value)
        ? Object.entries(value)
        : [];
    if (inner.length === 0) leaves.set(renderPath(path), value);
    for (const [key, each] of inner) visit(each, [...path, key]);
  };
  visit(settings, []);
  return leaves;
}
