import type { PlanTree, PlanTreeNode } from '../src/plan/plan-tree.ts';
import { countOf, saySettings, sayWork } from '../src/plan/say-work.ts';
import type { Arrow, Box, Boxes } from './boxes.ts';

/** The longest value in a box. */
const longest = 32;

/** Makes a tree of plans boxes and arrows. Pure. A box's id is its way down: `plans_0_2`. */
export function planTreeBoxes(tree: PlanTree): Boxes {
  const nodes = tree.children.flatMap((node, index) => below(node, `${root}_${index}`));
  const start: Box = { id: root, name: countOf(tree.plans, 'plan'), about: sayWork(tree) };
  const title = sayWork({ ...tree, open: [] });
  return {
    kind: 'plan tree',
    title,
    sentence: sayWork(tree).slice(title.length).replace(/^\. /, ''),
    boxes: [start, ...nodes.map(boxOf)],
    arrows: nodes.map(arrowTo),
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

function boxOf({ id, node: { stage_type, runs, settings } }: PlacedNode): Box {
  return {
    id,
    name: runs === 1 ? stage_type : `${stage_type}, ${runs} times`,
    details: Object.entries(settings).map(([path, value]) => saySettings({ [path]: value }, longest)),
    about: saySettings(settings),
  };
}

function arrowTo({ id, node: { plans } }: PlacedNode): Arrow {
  const from = id.slice(0, id.lastIndexOf('_'));
  return { from, to: id, ...(plans === 1 ? {} : { label: countOf(plans, 'plan') }) };
}
