import type { ComfyLink, ComfyNode } from './comfy-prompt.ts';

type Inputs = ComfyNode['inputs'];

/** A node as it is made here: always with a title. */
type TitledNode = ComfyNode & Required<Pick<ComfyNode, '_meta'>>;

/** A graph as it is made. Its nodes are in the order in which they were added. */
export interface Graph {
  /** Adds a node, or puts it in the place of the one of that id, and gives its first output. */
  readonly add: (id: string, class_type: string, inputs: Inputs, title: string) => ComfyLink;
  /** Adds a node that stages share, unless an equal one is there. Its id is its kind and a number: "checkpoint-1". */
  readonly share: (kind: string, class_type: string, inputs: Inputs, title: string) => ComfyLink;
  readonly prompt: Readonly<Record<string, TitledNode>>;
}

export function newGraph(): Graph {
  const prompt: Record<string, TitledNode> = {};
  const shared = new Map<string, ComfyLink>();
  const counts = new Map<string, number>();
  const add: Graph['add'] = (id, class_type, inputs, title) => {
    prompt[id] = { class_type, inputs, _meta: { title } };
    return [id, 0];
  };
  return {
    prompt,
    add,
    share: (kind, class_type, inputs, title) => {
      // Of the inputs of a shared node one alone is a free text, so that no two are written alike.
      const key = `${class_type}\n${Object.values(inputs).join('\n')}`;
      const known = shared.get(key);
      if (known !== undefined) return known;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      const link = add(`${kind}-${count}`, class_type, inputs, title);
      shared.set(key, link);
      return link;
    },
  };
}

/** Another output of the same node. */
export function output([node]: ComfyLink, place: number): ComfyLink {
  return [node, place];
}
