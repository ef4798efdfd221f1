import { isPlainObject } from '../../json.ts';
import { UnreadableGraphError } from '../errors/unreadable-graph-error.ts';

/** One node of a graph in the format of ComfyUI's API. */
export interface GraphNode {
  readonly id: string;
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type Graph = ReadonlyMap<string, GraphNode>;

/** Where an input leads: to a node, and to one of its outputs. */
export interface Link {
  readonly node: GraphNode;
  readonly output: number;
}

/** The graph that an object is, in the format of the API, or undefined. `{ prompt: graph }` is what its queue is sent. */
export function graphOf(json: Readonly<Record<string, unknown>>): Graph | undefined {
  const { prompt } = json;
  const nodes = Object.entries(isPlainObject(prompt) ? prompt : json).flatMap(([id, node]) =>
    nodeOf(id, node),
  );
  return nodes.length === 0 ? undefined : new Map(nodes.map((node) => [node.id, node]));
}

function nodeOf(id: string, node: unknown): readonly GraphNode[] {
  if (!isPlainObject(node) || typeof node.class_type !== 'string' || !isPlainObject(node.inputs)) return [];
  return [{ id, class_type: node.class_type, inputs: node.inputs }];
}

/** Where an input leads, or undefined where it is a value, or left out. */
export function linkOf(graph: Graph, node: GraphNode, input: string): Link | undefined {
  const value = node.inputs[input];
  if (!Array.isArray(value) || value.length !== 2 || typeof value[1] !== 'number') return undefined;
  const target = graph.get(String(value[0]));
  if (target === undefined)
    throw stoppedAt(node, `its ${input} leads to node ${value[0]}, which is not there`);
  return { node: target, output: value[1] };
}

/** The first of these inputs that leads somewhere. */
export function firstLink(graph: Graph, node: GraphNode, inputs: readonly string[]): Link | undefined {
  return inputs.map((input) => linkOf(graph, node, input)).find((link) => link !== undefined);
}

/** Nodes that do nothing but give a value, and the input that it stands in. No other node is followed for one. */
export const valueNodes: Readonly<Record<string, string>> = {
  PrimitiveString: 'value',
  PrimitiveStringMultiline: 'value',
  PrimitiveInt: 'value',
  PrimitiveFloat: 'value',
  INTConstant: 'value',
  FloatConstant: 'value',
  ImpactInt: 'value',
  ImpactFloat: 'value',
  'easy int': 'value',
  'easy float': 'value',
  'easy string': 'value',
  JWInteger: 'value',
  JWFloat: 'value',
  JWString: 'text',
  StringConstant: 'string',
  StringConstantMultiline: 'string',
  'String Literal': 'string',
  'Int Literal': 'int',
  'Float Literal': 'float',
  'Text Multiline': 'text',
  'ttN text': 'text',
  'CR Text': 'text',
  'CR Prompt Text': 'prompt',
  'Seed (rgthree)': 'seed',
  'Seed Generator': 'seed',
  Seed: 'seed',
  'CR Seed': 'seed',
  'easy seed': 'seed',
  'ttN seed': 'seed',
  Int: 'Number',
  Float: 'Number',
  ImpactWildcardProcessor: 'populated_text',
};

/** The value of an input, through the nodes that give it one. undefined: it is left out. */
export function inputValue(graph: Graph, node: GraphNode, input: string): unknown {
  let at: GraphNode = node;
  let name = input;
  for (const seen = new Set<string>(); ; seen.add(at.id)) {
    const link = linkOf(graph, at, name);
    if (link === undefined) return plain(at.inputs[name]);
    if (seen.has(link.node.id)) throw stoppedAt(link.node, 'it leads back to itself');
    at = link.node;
    const given = Object.hasOwn(valueNodes, at.class_type) ? valueNodes[at.class_type] : undefined;
    if (given === undefined || at.inputs[given] === undefined)
      throw stoppedAt(at, `it is not known what it gives to ${node.class_type}.${input}`);
    name = given;
  }
}

/** A widget of pysssss keeps its choice as `{ content }`. */
function plain(value: unknown): unknown {
  return isPlainObject(value) && 'content' in value ? value.content : value;
}

/** The error that reading stopped at a node. */
export function stoppedAt({ id, class_type }: GraphNode, fault: string): UnreadableGraphError {
  return new UnreadableGraphError(fault, id, class_type);
}
