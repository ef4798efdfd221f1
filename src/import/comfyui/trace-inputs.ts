import type { Graph, GraphNode } from './graph.ts';

/** A graph that remembers which of its inputs were asked for: what nobody asked for was not understood. */
export interface TracedGraph {
  readonly graph: Graph;
  readonly asked: (node: GraphNode, input: string) => boolean;
  /** Forgets all of it: who only looks for the way does not read. */
  readonly forget: () => void;
}

/** Wraps the nodes of a graph. A read of an input is remembered where the node has it. */
export function traceInputs(graph: Graph): TracedGraph {
  const asked = new Map<string, Set<string>>();
  const traced = [...graph.values()].map((node): readonly [string, GraphNode] => {
    const names = new Set<string>();
    asked.set(node.id, names);
    const inputs = new Proxy(node.inputs, {
      get: (target, name) => {
        names.add(String(name));
        return target[String(name)];
      },
    });
    return [node.id, { ...node, inputs }];
  });
  return {
    graph: new Map(traced),
    asked: ({ id }, input) => asked.get(id)?.has(input) === true,
    forget: () => {
      for (const names of asked.values()) names.clear();
    },
  };
}
