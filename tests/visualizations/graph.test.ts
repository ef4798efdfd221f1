import { expect, test } from 'vitest';
import { type AnyStateNode, setup } from 'xstate';
import { sequences } from '../../machines/sequences.ts';
import { flatten, sequenceGraph } from '../../visualizations/graph.ts';
import { markWalk, renderDefinition, renderDot, renderMermaid } from '../../visualizations/index.ts';

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
  expect(graph.edges.find(({ id }) => id === 'edge-start--stage.img2img--redrawn')).toEqual({
    id: 'edge-start--stage.img2img--redrawn',
    source: 'start',
    event: 'stage.img2img',
    guard: 'externalInput',
    target: 'redrawn',
  });
});

test('a state without a description has an empty one', () => {
  const bare = setup({}).createMachine({ id: 'bare', initial: 'only', states: { only: {} } });
  expect(sequenceGraph(bare).states[0]?.description).toBe('');
});

test('a state that begins in several at once is drawn without a beginning', () => {
  const several = setup({}).createMachine({ id: 'several', type: 'parallel', states: { a: {}, b: {} } });
  const graph = sequenceGraph(several);
  expect(graph.initial).toBeNull();
  expect(renderDot(graph)).not.toContain('initial-');
  expect(renderMermaid(graph)).not.toContain('initial_');
});

test('a transition on an inner state is taken before one on the state around it', () => {
  const nested = setup({}).createMachine({
    id: 'nested',
    initial: 'outer',
    states: {
      outer: {
        initial: 'inner',
        on: { 'stage.x': { target: 'end' } },
        states: { inner: { on: { 'stage.x': { target: '#nested.end' } } } },
      },
      end: {},
    },
  });
  const step = { event: 'stage.x', stage: 'x', pass: null, from: 'outer.inner', offered: [], begins: null };
  const meta = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' } as const;
  const walk = { steps: [{ ...step, meta }], state: 'end', offered: [], complete: false };
  expect(Object.keys(markWalk(sequenceGraph(nested), walk))).toContain('edge-outer.inner--stage.x--end');
});

test('a guard without a name of its own stands in the definition by the name of its function', () => {
  const guarded = setup({}).createMachine({
    id: 'guarded',
    initial: 'a',
    states: {
      a: {
        on: {
          go: {
            guard: function mayGo() {
              return true;
            },
            target: 'b',
          },
        },
      },
      b: {},
    },
  });
  expect(JSON.parse(renderDefinition(guarded)).states.a.on.go.guard).toEqual({ type: 'mayGo' });
});

test.each([
  ['canonical', ['start', 'txt2img', 'img2img', 'upscale', 'adetailer', 'complete']],
  ['detail-before-upscale', ['start', 'txt2img', 'img2img', 'adetailer', 'upscale', 'complete']],
] as const)('the spine of %s is its running order', (name, order) => {
  const { spine, states } = sequenceGraph(name);
  expect(states.map(({ id }) => id).filter((id) => spine.includes(id))).toEqual(order);
});
