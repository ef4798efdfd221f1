import type { JsonValue } from '../../json.ts';

/** An output of a node: the node's id, and the place of the output in its list. */
export type ComfyLink = readonly [node: string, output: number];

/** One node of a graph in ComfyUI's API format. */
export interface ComfyNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** For people: the server does not read it. */
  readonly _meta?: { readonly title: string };
}

/** A graph in ComfyUI's API format: what `POST /prompt` takes as `prompt`. */
export type ComfyPrompt = Readonly<Record<string, ComfyNode>>;
