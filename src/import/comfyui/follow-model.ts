import { isPlainObject } from '../../json.ts';
import type { Lora } from '../readers/loras.ts';
import { type NoteReading, remark } from '../reading.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';

/** A checkpoint, the LoRAs on it, and remarks on what else changes it. */
export interface FollowedModel {
  readonly name: unknown;
  readonly path: readonly string[];
  readonly loras: readonly Lora[];
  readonly visited: readonly string[];
  readonly remarks: readonly NoteReading[];
}

/** The inputs in which loaders name the file. */
const loaders = ['ckpt_name', 'unet_name', 'base_ckpt_name'];

/** Follows a model back to its loader, through LoRAs and through patches, which are noted as lost. */
export function followModel(graph: Graph, from: GraphNode): FollowedModel {
  const visited = new Set<string>();
  const loras: Lora[] = [];
  const remarks: NoteReading[] = [];
  for (let node = modelLink(graph, from); ; node = modelLink(graph, node)) {
    if (visited.has(node.id)) throw stoppedAt(node, 'its model leads back to itself');
    visited.add(node.id);
    const input = loaders.find((name) => node.inputs[name] !== undefined);
    if (input !== undefined) {
      return {
        name: inputValue(graph, node, input),
        path: [node.id, input],
        loras: loras.reverse(),
        visited: [...visited],
        remarks,
      };
    }
    const own = lorasOf(graph, node);
    loras.push(...[...own].reverse());
    if (own.length === 0 && !isLoraLoader(node)) {
      remarks.push(
        remark([node.id], 'dropped', `is lost: no field takes what ${node.class_type} does to the model`),
      );
    }
  }
}

function modelLink(graph: Graph, node: GraphNode): GraphNode {
  const link = linkOf(graph, node, 'model');
  if (link === undefined) throw stoppedAt(node, 'its model leads nowhere');
  return link.node;
}

function isLoraLoader({ class_type }: GraphNode): boolean {
  return /lora/i.test(class_type);
}

/** LoraLoader names one; the stacks of rgthree have `{ on, lora, strength }` in as many inputs. */
function lorasOf(graph: Graph, node: GraphNode): readonly Lora[] {
  const { lora_name } = node.inputs;
  if (lora_name !== undefined) {
    const name = inputValue(graph, node, 'lora_name');
    const weight = inputValue(graph, node, 'strength_model') ?? 1;
    return name === 'None' || weight === 0 ? [] : [{ name: String(name), weight }];
  }
  return Object.values(node.inputs).flatMap((input) =>
    isPlainObject(input) && typeof input.lora === 'string' && input.on !== false && input.lora !== 'None'
      ? [{ name: input.lora, weight: input.strength ?? 1 }]
      : [],
  );
}
