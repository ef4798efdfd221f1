import { planFinished, subjectName } from '../src/sequence/events.ts';
import { flatten, lettersInBox, type SequenceGraph } from './graph.ts';
import type { Journey } from './journey.ts';
import { edgesTaken, type Mark, type Marks, markJourney } from './marks.ts';
import { cutText } from './wrap-text.ts';

/** All that a picture of a graph says beside its boxes and arrows. Every format draws the same. */
export interface Story {
  /** The name of the run, or else of what is drawn. */
  readonly title: string;
  /** What to know, in one sentence. Empty: nothing. */
  readonly sentence: string;
  readonly marks: Marks;
  /** The number of each transition that is taken, from 1, by its id. */
  readonly numbers: Readonly<Record<string, number>>;
  /** What stands in a box below its name, by the state's id. A state that is not here keeps the graph's own. */
  readonly details: Readonly<Record<string, readonly string[]>>;
  /** Where a walk was refused, and what is written at the cross there. */
  readonly refusal: { readonly state: string; readonly label: string } | null;
}

/** The story of a graph that nobody walks. Pure. */
export function plainStory({ title, sentence }: SequenceGraph): Story {
  return { title, sentence, marks: {}, numbers: {}, details: {}, refusal: null };
}

/** The story of a journey through the graph of its sequence. Pure. */
export function storyOf(graph: SequenceGraph, journey: Journey): Story {
  const marks = markJourney(graph, journey);
  const numbers = edgesTaken(graph, journey.walk).map(({ id }, index) => [id, index + 1] as const);
  const boxes = new Set(flatten(graph.states).flatMap(({ id, kind }) => (kind === 'compound' ? [] : [id])));
  const lines = Object.entries(marks)
    .filter(([id]) => boxes.has(id))
    .map(([id, each]) => [id, journey.details[id] ?? each.slice(-1).flatMap((mark) => words[mark])] as const);
  return {
    title: journey.name ?? graph.title,
    sentence: journey.sentence,
    marks,
    numbers: Object.fromEntries(numbers),
    details: Object.fromEntries(
      lines.map(([id, each]) => [id, each.map((line) => cutText(line, lettersInBox))]),
    ),
    refusal: journey.legal ? null : { state: journey.walk.state, label: refusalOf(journey) },
  };
}

/** What each mark means, in the words of a legend. */
export const legend: Readonly<Record<Mark, string>> = {
  taken: 'taken, in the order of the numbers',
  skipped: 'skipped',
  untried: 'not tried',
  refused: 'refused',
  ended: 'the walk ended here',
};

/** The marks that a story needs explained, in the order of a legend. */
export function legendOf({ marks, refusal }: Story): readonly Mark[] {
  const used = new Set(Object.values(marks).flat());
  return marksInOrder.filter((mark) => used.has(mark) || (mark === 'refused' && refusal !== null));
}

/** The marks in the order of a legend. */
export const marksInOrder: readonly Mark[] = ['taken', 'ended', 'refused', 'untried', 'skipped'];

/** A mark is said in the box too, so that nobody has to tell colours apart. */
const words: Readonly<Record<Mark, readonly string[]>> = {
  taken: [],
  skipped: [legend.skipped],
  untried: [legend.untried],
  refused: [],
  ended: [legend.ended],
};

/** What is refused, and as which step it would have come: `upscale, 3rd`. Where no event is, the order as such is. */
function refusalOf({ refused, walk }: Journey): string {
  const [first, ...more] = refused.map((event) => (event === planFinished ? 'the end' : subjectName(event)));
  const place = ordinal(walk.steps.length + 1);
  return first === undefined ? `${place} step` : [`${first}, ${place}`, ...more].join('; ');
}

function ordinal(number: number): string {
  return `${number}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`;
}

const suffixes: Readonly<Record<Intl.LDMLPluralRule, string>> = {
  zero: 'th',
  one: 'st',
  two: 'nd',
  few: 'rd',
  many: 'th',
  other: 'th',
};
