import { type NoteReading, remark } from '../reading.ts';
import { firstLink, type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';

/** A prompt, where it stands, the node whose CLIP encodes it, and remarks on what else acts on it. */
export interface FollowedPrompt {
  readonly text: unknown;
  readonly path: readonly string[];
  readonly encoder: GraphNode | undefined;
  readonly visited: readonly string[];
  readonly remarks: readonly NoteReading[];
}

const textInputs = ['text', 'populated_text', 'text_g', 'text_l', 't5xxl', 'clip_l'];
const onwards = ['conditioning', 'conditioning_1', 'conditioning_to'];

/** Follows a conditioning back to the text that it encodes, through what guides it, which is noted as lost. */
export function followPrompt(graph: Graph, sampler: GraphNode, input: string): FollowedPrompt {
  const visited = new Set<string>();
  const remarks: NoteReading[] = [];
  let link = linkOf(graph, sampler, input);
  for (;;) {
    if (link === undefined) throw stoppedAt(sampler, `its ${input} leads nowhere`);
    const { node, output } = link;
    if (visited.has(node.id)) throw stoppedAt(node, 'its prompt leads back to itself');
    visited.add(node.id);
    if (node.class_type === 'ConditioningZeroOut') return found('', [node.id], undefined, visited, remarks);
    const text = textInputs.find((name) => node.inputs[name] !== undefined);
    if (text !== undefined && /encode/i.test(node.class_type)) {
      const others = remarkOnOtherTexts(graph, node, text);
      return found(inputValue(graph, node, text), [node.id, text], node, visited, [...remarks, ...others]);
    }
    if (/Combine|Concat|Average/.test(node.class_type))
      throw stoppedAt(node, 'it joins two prompts, and a run has one');
    remarks.push(
      remark([node.id], 'dropped', `is lost: no field takes what ${node.class_type} does to the prompt`),
    );
    link = firstLink(graph, node, [...onwards, output === 1 ? 'negative' : 'positive']);
    if (link === undefined) throw stoppedAt(node, 'it is not known what it encodes');
  }
}

/** SDXL and Flux encode a text of its own for each of their encoders. */
function remarkOnOtherTexts(graph: Graph, node: GraphNode, read: string): readonly NoteReading[] {
  const text = inputValue(graph, node, read);
  return textInputs
    .filter((name) => name !== read && ![undefined, '', text].includes(inputValue(graph, node, name)))
    .map((name) => remark([node.id, name], 'dropped', `is lost: a run has one prompt, that of ${read}`));
}

function found(
  text: unknown,
  path: readonly string[],
  encoder: GraphNode | undefined,
  visited: ReadonlySet<string>,
  remarks: readonly NoteReading[],
): FollowedPrompt {
  return { text, path, encoder, visited: [...visited], remarks };
}

/** How many layers of CLIP are skipped, by the CLIPSetLastLayer on the way to an encoder. */
export function followClip(
  graph: Graph,
  encoder: GraphNode,
): { readonly path: readonly string[]; readonly value: unknown } | undefined {
  const seen = new Set<string>();
  for (
    let link = linkOf(graph, encoder, 'clip');
    link !== undefined;
    link = linkOf(graph, link.node, 'clip')
  ) {
    const { node } = link;
    if (seen.has(node.id)) throw stoppedAt(node, 'its clip leads back to itself');
    seen.add(node.id);
    if (node.inputs.stop_at_clip_layer !== undefined) {
      const path = [node.id, 'stop_at_clip_layer'];
      return { path, value: inputValue(graph, node, 'stop_at_clip_layer') };
    }
  }
  return undefined;
}
