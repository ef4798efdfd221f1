import { visible } from '../src/visible.ts';
import { flatten, type GraphEdge, type GraphState, type SequenceGraph } from './graph.ts';
import { edgeLabels } from './labels.ts';
import { looks } from './looks.ts';
import type { Mark } from './marks.ts';
import { plainStory, type Story } from './story.ts';

/** Renders a graph as a Mermaid `flowchart`. Pure. Its colours are mid tones, which hold in a light and in a dark theme. */
export function renderMermaid(graph: SequenceGraph, story: Story = plainStory(graph)): string {
  const nameOf = namesIn(graph);
  const arrows = [
    ...initialArrows(nameOf, graph, story),
    ...graph.edges.map((edge) => arrowOf(nameOf, edge, story)),
    ...refusalArrows(nameOf, story),
  ];
  return [
    `flowchart ${graph.direction}`,
    `  accTitle: ${shown(story.title)}`,
    ...(story.sentence === '' ? [] : [`  accDescr: ${shown(story.sentence)}`]),
    ...captionLines(story),
    ...(graph.initial === null ? [] : [`  ${dotOf(nameOf(graph.initial))}@{ shape: sm-circ, label: " " }`]),
    ...graph.states.flatMap((state) => stateLines(nameOf, state, story, '  ')),
    ...refusalBox(story),
    ...arrows.map(({ text }) => `  ${text}`),
    ...classLines(nameOf, graph, story),
    ...arrowLooks(arrows),
    '',
  ].join('\n');
}

/** The name that Mermaid knows a state by: a word, since a name of its has no dots. */
type NameOf = (id: string) => string;

/** Words that mean something to Mermaid, and the names of what is drawn beside the states. */
const reserved = [
  ...['end', 'graph', 'flowchart', 'subgraph', 'style', 'linkStyle', 'classDef', 'class', 'click', 'default'],
  ...['direction', 'href', 'call', 'interpolate', 'caption', 'refusal', 'o', 'x'],
];

/** Gives every state a name of its own: two that would have the same are told apart by a number. */
function namesIn({ states }: SequenceGraph): NameOf {
  const names = new Map<string, string>();
  const taken = new Set<string>(reserved);
  for (const { id } of flatten(states)) {
    const word = id.replaceAll(/\W/g, '_');
    let name = word;
    for (let number = 2; taken.has(name); number += 1) name = `${word}_${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return (id) => String(names.get(id));
}

/** A text as Mermaid shows it: what means something to it, or to its Markdown, is written as its number. */
function shown(text: string): string {
  return (
    visible(text)
      .replaceAll(/[^\p{L}\p{N} ,.:()\u00a0]/gu, (sign) => `#${sign.codePointAt(0)};`)
      // Mermaid takes a backslash before an n for a line break, even one written as its number.
      .replaceAll('#92;n', '#92;#8203;n')
  );
}

/** The run's name and the sentence stand in the picture, as they do in the others. */
function captionLines({ title, sentence }: Story): readonly string[] {
  if (sentence === '') return [];
  return [`  caption["<b>${shown(title)}</b><br/>${shown(sentence)}"]:::caption`];
}

function stateLines(nameOf: NameOf, state: GraphState, story: Story, indent: string): readonly string[] {
  const name = nameOf(state.id);
  if (state.kind === 'compound') {
    const inner = `${indent}  `;
    return [
      `${indent}subgraph ${name}["${shown(state.name)}"]`,
      `${inner}direction TB`,
      ...(state.initial === null
        ? []
        : [`${inner}${dotOf(nameOf(state.initial))}@{ shape: sm-circ, label: " " }`]),
      ...state.states.flatMap((child) => stateLines(nameOf, child, story, inner)),
      `${indent}end`,
    ];
  }
  const details = (story.details[state.id] ?? state.details).filter((line) => line !== '');
  // Mermaid breaks lines at spaces, in the middle of a size too.
  const whole = details.map((line) => shown(line).replaceAll(' ', '\u00a0'));
  const label = [`<b>${shown(state.name)}</b>`, ...whole].join('<br/>');
  return [state.kind === 'final' ? `${indent}${name}(["${label}"])` : `${indent}${name}("${label}")`];
}

function dotOf(name: string): string {
  return `initial_${name}`;
}

/** An arrow as it is written, and the mark that it has. Mermaid knows arrows by their places in the text. */
interface Arrow {
  readonly text: string;
  readonly mark: Mark | undefined;
}

function initialArrows(
  nameOf: NameOf,
  { initial, states }: SequenceGraph,
  { marks }: Story,
): readonly Arrow[] {
  return [initial, ...flatten(states).map((state) => state.initial)].flatMap((first) => {
    if (first === null) return [];
    const mark = (marks[first] ?? []).filter((each) => each !== 'ended').at(-1);
    return [{ text: `${dotOf(nameOf(first))} --> ${nameOf(first)}`, mark }];
  });
}

function arrowOf(nameOf: NameOf, edge: GraphEdge, { marks, numbers }: Story): Arrow {
  const number = numbers[edge.id];
  const label = [...(number === undefined ? [] : [String(number)]), ...edgeLabels(edge)].map(shown).join(' ');
  const text = `${nameOf(edge.source)} -->${label === '' ? '' : `|"${label}"|`} ${nameOf(edge.target)}`;
  return { text, mark: marks[edge.id]?.at(-1) };
}

function refusalBox({ refusal }: Story): readonly string[] {
  return refusal === null ? [] : [`  refusal["${shown(`\u2715 ${refusal.label}`)}"]:::refused`];
}

function refusalArrows(nameOf: NameOf, { refusal }: Story): readonly Arrow[] {
  return refusal === null ? [] : [{ text: `${nameOf(refusal.state)} --x refusal`, mark: 'refused' }];
}

function classLines(nameOf: NameOf, { states }: SequenceGraph, story: Story): readonly string[] {
  const marked = flatten(states).flatMap(({ id }) => {
    const mark = story.marks[id]?.at(-1);
    return mark === undefined ? [] : [{ id, mark }];
  });
  const used = new Set(marked.map(({ mark }) => mark));
  if (story.refusal !== null) used.add('refused');
  return [
    ...(story.sentence === '' ? [] : ['  classDef caption fill:none,stroke:none']),
    ...[...used].map((mark) => `  classDef ${mark} ${boxStyle(mark)}`),
    ...[...used].flatMap((mark) => {
      const names = marked.filter((each) => each.mark === mark).map(({ id }) => nameOf(id));
      return names.length === 0 ? [] : [`  class ${names.join(',')} ${mark}`];
    }),
  ];
}

/** One line for each mark, with the places of its arrows: a style that names an arrow twice would be taken twice. */
function arrowLooks(arrows: readonly Arrow[]): readonly string[] {
  const marks = new Set(arrows.flatMap(({ mark }) => mark ?? []));
  return [...marks].map((mark) => {
    const places = arrows.flatMap((arrow, index) => (arrow.mark === mark ? [index] : []));
    return `  linkStyle ${places.join(',')} ${lineStyle(mark)}`;
  });
}

/** The ground is let through, so that the theme's own text stays readable on it. */
function boxStyle(mark: Mark): string {
  return `fill:${mark === 'skipped' || mark === 'untried' ? 'none' : `${tones[mark]}33`},${lineStyle(mark)}`;
}

function lineStyle(mark: Mark): string {
  const { width, dashes } = looks[mark];
  const line = `stroke:${tones[mark]},stroke-width:${width}px`;
  return dashes === null ? line : `${line},stroke-dasharray:${dashes}`;
}

/** A mid tone of each mark: 3:1 and more on white and on near black. */
const tones: Readonly<Record<Mark, string>> = {
  taken: '#1f9d5a',
  skipped: '#7d8590',
  untried: '#7d8590',
  refused: '#e0483e',
  ended: '#b87d0f',
};
