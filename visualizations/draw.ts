import type { SequenceName } from '../machines/sequences.ts';
import type { PlanTree } from '../src/plan/plan-tree.ts';
import type { StageFlow } from '../src/queue/stage-flow.ts';
import { machineOf, takeOptions } from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { renderDefinition } from './definition.ts';
import { renderDot } from './dot.ts';
import { flowGraph } from './flow-graph.ts';
import { type SequenceGraph, sequenceGraph, withNotes } from './graph.ts';
import type { Journey } from './journey.ts';
import { type Marks, markJourney } from './marks.ts';
import { renderMermaid } from './mermaid.ts';
import { planTreeGraph } from './plan-tree-graph.ts';
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
 * Draws the machine of a sequence.
 *
 * @throws {InvalidOptionsError} when the format is none of these, or the sequence neither a machine nor a shipped name.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawSequence(canonicalSequence, 'mermaid'); // 'stateDiagram-v2\n...'
 */
export async function drawSequence(
  sequence: StageSequence | SequenceName,
  format: PictureFormat,
): Promise<string> {
  return draw(machineOf(sequence), format);
}

/**
 * Draws the machine of a sequence with a journey marked in it, and in which pass a refiner works. `json` is the machine
 * alone.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawJourney(journeyOfRun({ txt2img_enabled: true }), 'svg'); // '<svg class="stageplan-diagram" ...'
 */
export async function drawJourney(journey: Journey, format: PictureFormat): Promise<string> {
  const { sequence, notes } = journey;
  return draw(sequence, format, markJourney(sequenceGraph(sequence), journey), notes);
}

/**
 * Draws a tree of plans: each box is a stage that is run, with the settings in which it differs from its neighbours. Graphviz
 * takes seconds for hundreds of boxes. `json` is the tree itself.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawPlanTree(planTree(plans), 'mermaid'); // 'stateDiagram-v2\n...'
 */
export async function drawPlanTree(tree: PlanTree, format: PictureFormat): Promise<string> {
  takeOptions({ format }, formatRule);
  if (format === 'json') return `${JSON.stringify(tree, null, 2)}\n`;
  return render(planTreeGraph(tree), format, {});
}

/**
 * Draws the flow of a plan: each box is a job, with what is asked of a box and the queue that it waits in. `json` is the
 * flow itself.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawFlow(toFlow(plan, { target: 'a1111' }), 'mermaid'); // 'stateDiagram-v2\n...'
 */
export async function drawFlow(flow: StageFlow, format: PictureFormat): Promise<string> {
  takeOptions({ format }, formatRule);
  if (format === 'json') return `${JSON.stringify(flow, null, 2)}\n`;
  return render(flowGraph(flow), format, {});
}

async function draw(
  sequence: StageSequence,
  format: PictureFormat,
  marks: Marks = {},
  notes: Journey['notes'] = {},
): Promise<string> {
  takeOptions({ format }, formatRule);
  if (format === 'json') return renderDefinition(sequence);
  return render(withNotes(sequenceGraph(sequence), notes), format, marks);
}

async function render(
  graph: SequenceGraph,
  format: Exclude<PictureFormat, 'json'>,
  marks: Marks,
): Promise<string> {
  if (format === 'mermaid') return renderMermaid(graph, marks);
  if (format === 'dot') return renderDot(graph, marks);
  return renderSvg(graph, marks);
}
