import type { SequenceName } from '../machines/sequences.ts';
import type { PlanTree } from '../src/plan/plan-tree.ts';
import type { StageFlow } from '../src/queue/stage-flow.ts';
import { machineOf, takeOptions } from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { eventsOf } from '../src/sequence/walk.ts';
import { type Boxes, boxesGraph } from './boxes.ts';
import { renderDefinition } from './definition.ts';
import { renderDot } from './dot.ts';
import { flowBoxes } from './flow-boxes.ts';
import { type SequenceGraph, sequenceGraph } from './graph.ts';
import type { Journey } from './journey.ts';
import { renderMermaid } from './mermaid.ts';
import { planTreeBoxes } from './plan-tree-boxes.ts';
import { plainStory, type Story, storyOf } from './story.ts';
import { renderSvg } from './svg.ts';

/** The formats of a picture. */
export const pictureFormats = ['mermaid', 'dot', 'svg', 'json'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

const formatRule = {
  format: {
    must: `one of ${pictureFormats.join(', ')}`,
    takes: (value: unknown) => pictureFormats.some((format) => format === value),
  },
};

/**
 * Draws the machine of a sequence: each state with the reason why it stands there.
 *
 * @throws {InvalidOptionsError} when the format is none of these, or the sequence neither a machine nor a shipped name.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} for `svg`, when the picture has more than 1,000 arrows.
 * @example
 * await drawSequence(canonicalSequence, 'mermaid'); // 'flowchart TB\n...'
 */
export async function drawSequence(
  sequence: StageSequence | SequenceName,
  format: PictureFormat,
): Promise<string> {
  const machine = machineOf(sequence);
  takeOptions({ format }, formatRule);
  if (format === 'json') return renderDefinition(machine);
  const graph = sequenceGraph(machine);
  return render(graph, plainStory(graph), format);
}

/**
 * Draws the machine of a sequence with a journey marked in it: the way numbered, the settings in the boxes of what is
 * planned, and where a run was refused. `json` is the machine, with the journey in the `meta` of its root.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} for `svg`, when the picture has more than 1,000 arrows.
 * @example
 * await drawJourney(journeyOfRun({ txt2img_enabled: true }), 'svg'); // '<svg class="stageplan-diagram" ...'
 */
export async function drawJourney(journey: Journey, format: PictureFormat): Promise<string> {
  takeOptions({ format }, formatRule);
  const graph = sequenceGraph(journey.sequence);
  const story = storyOf(graph, journey);
  if (format === 'json') return renderDefinition(journey.sequence, journey.policies, jsonOf(journey, story));
  return render(graph, story, format);
}

/**
 * Draws a tree of plans: each box is a stage that is run, with the settings in which it differs from its neighbours. Graphviz
 * takes seconds for hundreds of boxes. `json` is the tree itself.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} for `svg`, when the picture has more than 1,000 arrows.
 * @example
 * await drawPlanTree(planTree(plans), 'mermaid'); // 'flowchart LR\n...'
 */
export async function drawPlanTree(tree: PlanTree, format: PictureFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(tree, null, 2)}\n`;
  return drawBoxes(planTreeBoxes(tree), format);
}

/**
 * Draws boxes and arrows, from left to right, with the code that draws sequences: the jobs of a queue and which waits for
 * which, say. Graphviz takes seconds for hundreds of boxes. `json` is what was given.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} for `svg`, when the picture has more than 1,000 arrows.
 * @example
 * const boxes = [{ id: 'a', name: 'txt2img' }, { id: 'b', name: 'upscale' }];
 * const arrows = [{ from: 'a', to: 'b' }];
 * await drawBoxes({ kind: 'flow', title: '2 jobs', sentence: '', boxes, arrows }, 'mermaid'); // 'flowchart LR\n...'
 */
export async function drawBoxes(boxes: Boxes, format: PictureFormat): Promise<string> {
  takeOptions({ format }, formatRule);
  if (format === 'json') return `${JSON.stringify(boxes, null, 2)}\n`;
  const graph = boxesGraph(boxes);
  return render(graph, plainStory(graph), format);
}

/**
 * Draws the flow of a plan: each box is a job, with what is asked of a box and the queue that it waits in. `json` is the
 * flow itself.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} for `svg`, when the picture has more than 1,000 arrows.
 * @example
 * await drawFlow(toFlow(plan, { target: 'a1111' }), 'mermaid'); // 'flowchart LR\n...'
 */
export async function drawFlow(flow: StageFlow, format: PictureFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(flow, null, 2)}\n`;
  return drawBoxes(flowBoxes(flow), format);
}

/** What a program may want to know of a journey, in snake_case as all our JSON. */
function jsonOf({ legal, walk, refused, untried, fixes, details }: Journey, story: Story) {
  const { title, sentence, marks } = story;
  const events = eventsOf(walk);
  return { title, sentence, legal, events, ended_in: walk.state, refused, untried, fixes, marks, details };
}

async function render(
  graph: SequenceGraph,
  story: Story,
  format: Exclude<PictureFormat, 'json'>,
): Promise<string> {
  if (format === 'mermaid') return renderMermaid(graph, story);
  if (format === 'dot') return renderDot(graph, story);
  return renderSvg(graph, story);
}
