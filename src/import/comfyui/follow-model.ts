import { isPlainObject } from '../../json.ts';
import { isUnset } from '../normalise-value.ts';
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
    loras.push(...[...(own ?? [])].reverse());
    remarks.push(
      ...(own === undefined ? [lostPatch(node)] : [...remarkOnClip(graph, node), ...remarkOnEntries(node)]),
    );
  }
}

/** What a later pass has of LoRAs that the run has not: its prompt is the place of those of the run alone. */
export function remarkOnLoras(
  { id }: GraphNode,
  ofRun: FollowedModel | undefined,
  { loras }: FollowedModel,
  pass: string,
): readonly NoteReading[] {
  if (JSON.stringify(loras) === JSON.stringify(ofRun?.loras ?? [])) return [];
  const names = loras.map(({ name, weight }) => `${name} at ${String(weight)}`).join(', ') || 'none';
  return [
    remark([id, 'model'], 'dropped', `is only kept in part: ${pass} has other LoRAs than the run, ${names}`),
  ];
}

function modelLink(graph: Graph, node: GraphNode): GraphNode {
  const link = linkOf(graph, node, 'model');
  if (link === undefined) throw stoppedAt(node, 'its model leads nowhere');
  return link.node;
}

function lostPatch({ id, class_type }: GraphNode): NoteReading {
  return remark([id], 'dropped', `is lost: no field takes what ${class_type} does to the model`);
}

/** LoraLoader names one; the stacks of rgthree have `{ on, lora, strength }` in as many inputs. undefined: it is neither. */
function lorasOf(graph: Graph, node: GraphNode): readonly Lora[] | undefined {
  if (node.inputs.lora_name !== undefined) {
    const name = inputValue(graph, node, 'lora_name');
    const weight = inputValue(graph, node, 'strength_model') ?? 1;
    return name === 'None' || weight === 0 ? [] : [{ name: String(name), weight }];
  }
  const stack = stackOf(node);
  if (stack.length === 0) return node.class_type.startsWith('Power Lora Loader') ? [] : undefined;
  return stack.flatMap(([, { lora, on, strength }]) =>
    on === false || lora === 'None' ? [] : [{ name: String(lora), weight: strength ?? 1 }],
  );
}

/** Only what is an entry of the stack is read: any other input stays one that nobody asked for. */
function stackOf({ inputs }: GraphNode): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return Object.keys(inputs)
    .filter((name) => isEntry(Object.getOwnPropertyDescriptor(inputs, name)?.value))
    .map((name) => [name, Object.fromEntries(Object.entries(Object(inputs[name])))] as const);
}

function isEntry(value: unknown): boolean {
  return isPlainObject(value) && typeof value.lora === 'string';
}

const entryKeys: ReadonlySet<string> = new Set(['lora', 'on', 'strength', 'strengthTwo']);

function remarkOnEntries(node: GraphNode): readonly NoteReading[] {
  return stackOf(node).flatMap(([name, entry]) => {
    const others = Object.keys(entry).filter((key) => !entryKeys.has(key) && !isUnset(entry[key]));
    return others.length === 0 || entry.on === false
      ? []
      : [remark([node.id, name], 'dropped', `is only kept in part: no field takes its ${others.join(', ')}`)];
  });
}

/** A tag of a prompt has one strength, for the model and for CLIP. */
function remarkOnClip(graph: Graph, node: GraphNode): readonly NoteReading[] {
  const single = [
    'strength_clip',
    inputValue(graph, node, 'strength_model') ?? 1,
    inputValue(graph, node, 'strength_clip'),
    inputValue(graph, node, 'lora_name'),
  ] as const;
  const stack = stackOf(node).map(
    ([name, { lora, on, strength, strengthTwo }]) =>
      [name, strength ?? 1, strengthTwo, on === false ? 'None' : lora] as const,
  );
  return [single, ...stack].flatMap(([name, model, clip, lora]) =>
    clip === undefined || clip === null || clip === model || lora === 'None'
      ? []
      : [
          remark(
            [node.id, name],
            'dropped',
            `is lost: a LoRA has one strength here, that of the model, ${model}`,
          ),
        ],
  );
}
