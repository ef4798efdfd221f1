import { UnreadableGraphError } from '../errors/unreadable-graph-error.ts';
import { firstLink, type Graph, type GraphNode, stoppedAt } from './graph.ts';
import { nodeMeanings, type StepKind, savers } from './nodes.ts';

/** One node on the way of the picture. */
export interface Step {
  readonly kind: StepKind;
  readonly node: GraphNode;
}

/** The way of the picture from its beginning to the node that saves it. */
export interface ImageLine {
  readonly steps: readonly Step[];
  readonly saver: GraphNode;
}

const pictureInputs = ['images', 'image'];

/** How many savers are tried. The others are noted as not on the way. */
const mostSavers = 8;

/**
 * Follows the picture back from the node that saves it: of several, the one with the longest way, because it is the
 * last. Grows with the nodes, times the savers that are tried.
 *
 * @throws {UnreadableGraphError} at the first node that is not known.
 */
export function followImage(graph: Graph): ImageLine {
  const [first, ...others] = saversOf(graph).map((saver) => attemptLine(graph, saver));
  if (first === undefined) throw new UnreadableGraphError('no node saves an image');
  const lines = [first, ...others];
  const longest = lines.reduce((best, line) => (lengthOf(line) > lengthOf(best) ? line : best));
  if (longest instanceof UnreadableGraphError) throw longest;
  return longest;
}

function saversOf(graph: Graph): readonly GraphNode[] {
  const ends = [...graph.values()].filter((node) => firstLink(graph, node, pictureInputs) !== undefined);
  const found = savers.map((pattern) => ends.filter(({ class_type }) => pattern.test(class_type)));
  return (found.find((nodes) => nodes.length > 0) ?? []).slice(0, mostSavers);
}

/** A line that cannot be read counts before all others: it may be the one that is meant. */
function lengthOf(line: ImageLine | UnreadableGraphError): number {
  return line instanceof UnreadableGraphError ? Number.POSITIVE_INFINITY : line.steps.length;
}

function attemptLine(graph: Graph, saver: GraphNode): ImageLine | UnreadableGraphError {
  const steps: Step[] = [];
  const seen = new Set<string>();
  for (let link = firstLink(graph, saver, pictureInputs); link !== undefined; ) {
    const { node } = link;
    const meaning = nodeMeanings[node.class_type];
    if (meaning === undefined || !Object.hasOwn(nodeMeanings, node.class_type))
      return stoppedAt(node, 'it is not known what it does to the image');
    if (seen.has(node.id)) return stoppedAt(node, 'it leads back to itself');
    seen.add(node.id);
    steps.push({ kind: meaning.kind, node });
    link = firstLink(graph, node, meaning.from);
    if (link === undefined && meaning.from.length > 0)
      return stoppedAt(node, `its ${meaning.from[0]} leads nowhere`);
  }
  return { steps: steps.reverse(), saver };
}
