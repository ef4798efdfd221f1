import { sequences } from '../../src/index.ts';
import { sequenceGraph } from '../graph.ts';
import { journeyOfRun } from '../journey.ts';
import { looks } from '../looks.ts';
import { type Marks, markJourney } from '../marks.ts';
import { type Exploration, planOptions, type SequenceName } from './exploration.ts';
import { pictures } from './pictures.ts';
import type { Verdict } from './verdict.ts';

const allMarks = Object.keys(looks);

/** A fresh copy of a sequence's picture, with its own style sheet inside. */
export function pictureOf(sequence: SequenceName): Document {
  return new DOMParser().parseFromString(pictures.get(sequence) ?? '', 'image/svg+xml');
}

/** Lights the way of a run in a picture. A run that is not valid has no way, and leaves the picture plain. */
export function lightWay(picture: ParentNode, exploration: Exploration, verdict: Verdict): void {
  const marks = marksOf(exploration, verdict);
  for (const group of picture.querySelectorAll('.state, .edge, .initial')) {
    group.classList.remove(...allMarks);
    group.classList.add(...(marks[markedId(group.id)] ?? []));
  }
}

function marksOf(exploration: Exploration, verdict: Verdict): Marks {
  if (verdict.kind === 'invalid') return {};
  const graph = sequenceGraph(sequences[exploration.sequence]);
  return markJourney(graph, journeyOfRun(verdict.run, planOptions(exploration)));
}

/** Marks go by the ids of states and transitions. The dot in front of an initial state is marked as that state is. */
function markedId(id: string): string {
  return id.replace(/^(state|initial|edge-initial)-/, '');
}
