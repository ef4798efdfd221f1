import type { PlanTree, PlanTreeNode } from '../src/plan/plan-tree.ts';
import { countOf, saySettings, sayWork } from '../src/plan/say-work.ts';
import type { GraphEdge, GraphState, SequenceGraph } from './graph.ts';

/** The longest value in a box. */
const longest = 32;

/** Makes a tree of plans a graph, so that it is drawn as sequences are. Pure. A state's id is its way down: `plans_0_2`. */
export function planTreeGraph(tree: PlanTree): SequenceGraph {
  const nodes = tree.children.flatMap((node, index) => below(node, `${root}_${index}`));
  const start = stateOf(root, countOf(tree.plans, 'plan'), [], sayWork(tree));
  return {
    id: sayWork({ ...tree, open: [] }),
    kind: 'plan tree',
    initial: null,
    states: [
      start,
      ...nodes.map(({ id, node }) => stateOf(id, nameOf(node), detailsOf(node), saySettings(node.settings))),
    ],
    edges: nodes.map(({ id, node }) => edgeTo(id, node)),
  };
}

const root = 'plans';

interface PlacedNode {
  readonly id: string;
  readonly node: PlanTreeNode;
}

function below(node: PlanTreeNode, id: string): readonly PlacedNode[] {
  return [{ id, node }, ...node.children.flatMap((child, index) => below(child, `${id}_${index}`))];
}

function stateOf(id: string, name: string, details: readonly string[], description: string): GraphState {
  return { id, name, details, kind: 'atomic', description, initial: null, states: [] };
}

function nameOf({ stage_type, runs }: PlanTreeNode): string {
  return runs === 1 ? stage_type : `${stage_type}, ${runs} times`;
}

function detailsOf({ settings }: PlanTreeNode): readonly string[] {
  return Object.entries(settings).map(
    ([path, value]) => `\u00a0${saySettings({ [path]: value }, longest)}\u00a0`,
  );
}

function edgeTo(id: string, { plans }: PlanTreeNode): GraphEdge {
  const source = id.slice(0, id.lastIndexOf('_'));
  return {
    id: `edge-${id}`,
    source,
    event: plans === 1 ? '' : countOf(plans, 'plan'),
    guard: null,
    target: id,
  };
}
