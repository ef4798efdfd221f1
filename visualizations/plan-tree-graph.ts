import type { PlanTree, PlanTreeNode } from '../src/plan/plan-tree.ts';
import { countOf, saySettings, sayWork } from '../src/plan/say-work.ts';
import type { GraphEdge, GraphState, SequenceGraph } from './graph.ts';

/** Makes a tree of plans a graph, so that it is drawn as sequences are. Pure. A state's id is its way down: `0-2-1`. */
export function planTreeGraph(tree: PlanTree): SequenceGraph {
  const nodes = tree.children.flatMap((node, index) => below(node, `${root}-${index}`));
  const start = stateOf(root, countOf(tree.plans, 'plan'), sayWork(tree));
  return {
    id: sayWork(tree),
    title: `A tree of plans. ${sayWork(tree)}`,
    direction: 'LR',
    initial: null,
    states: [start, ...nodes.map(({ id, node }) => stateOf(id, labelOf(node), saySettings(node.settings)))],
    edges: nodes.map(({ id, node }) => edgeTo(id, node)),
  };
}

const root = 'plans';

interface PlacedNode {
  readonly id: string;
  readonly node: PlanTreeNode;
}

function below(node: PlanTreeNode, id: string): readonly PlacedNode[] {
  return [{ id, node }, ...node.children.flatMap((child, index) => below(child, `${id}-${index}`))];
}

function stateOf(id: string, name: string, description: string): GraphState {
  return { id, name, kind: 'atomic', description, initial: null, states: [] };
}

function labelOf({ stage_type, runs, settings }: PlanTreeNode): string {
  const times = runs === 1 ? '' : `, ${runs} times`;
  const lines = Object.entries(settings).map(([path, value]) => saySettings({ [path]: value }));
  return [`${stage_type}${times}`, ...lines].join('\n');
}

function edgeTo(id: string, { plans }: PlanTreeNode): GraphEdge {
  const source = id.slice(0, id.lastIndexOf('-'));
  return { id: `edge-${id}`, source, event: countOf(plans, 'plan'), guard: null, target: id };
}
