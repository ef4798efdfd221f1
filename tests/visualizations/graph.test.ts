import { expect, test } from 'vitest';
import { type AnyStateNode, setup } from 'xstate';
import { sequences } from '../../src/sequences.ts';
import { flatten, sequenceGraph } from '../../visualizations/graph.ts';

function statesIn({ states }: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(states).flatMap((state) => [state, ...statesIn(state)]);
}

const graph = sequenceGraph(sequences.canonical);

test.each(Object.entries(sequences))(
  'the graph of %s has every state and transition of the machine',
  (_, sequence) => {
    const { states, edges } = sequenceGraph(sequence);
    const ids = flatten(states).map(({ id }) => id);
    const nodes = statesIn(sequence.root);
    expect(ids.toSorted()).toEqual(nodes.map(({ path }) => path.join('.')).toSorted());
    const transitions = nodes.flatMap(({ transitions }) => [...transitions.values()].flat());
    expect(edges).toHaveLength(transitions.length);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  },
);

test('a state carries its description, its kind, and where it begins', () => {
  expect(flatten(graph.states).find(({ id }) => id === 'txt2img')).toMatchObject({
    name: 'txt2img',
    kind: 'compound',
    initial: 'txt2img.base',
    description: expect.stringContaining('Generation from a prompt comes first'),
  });
  expect(graph.states.at(-1)).toMatchObject({ id: 'complete', kind: 'final', initial: null });
});

test('a transition carries its guard', () => {
  expect(graph.edges.find(({ id }) => id === 'edge-start--stage.img2img--img2img')).toEqual({
    id: 'edge-start--stage.img2img--img2img',
    source: 'start',
    event: 'stage.img2img',
    guard: 'externalInputAllowed',
    target: 'img2img',
  });
});

test('a state without a description has an empty one', () => {
  const bare = setup({}).createMachine({ id: 'bare', initial: 'only', states: { only: {} } });
  expect(sequenceGraph(bare).states[0]?.description).toBe('');
});
