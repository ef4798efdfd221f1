import { type SequenceName, sequences } from '../../machines/sequences.ts';
import { sequenceGraph } from '../graph.ts';
import { journeyOfRun } from '../journey.ts';
import { looks } from '../looks.ts';
import { type Mark, type Marks, markJourney } from '../marks.ts';
import { type Exploration, planOptions } from './exploration.ts';
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
    group.classList.add(...marksFor(group.id, marks));
  }
}

function marksOf(exploration: Exploration, verdict: Verdict): Marks {
  if (verdict.kind === 'invalid') return {};
  const graph = sequenceGraph(sequences[exploration.sequence]);
  return markJourney(graph, journeyOfRun(exploration.config, planOptions(exploration)));
}

/** Marks go by the ids of states and transitions. What leads to an initial state is marked as that state is, save its end. */
function marksFor(id: string, marks: Marks): readonly Mark[] {
  const own = marks[id.replace(/^state-/, '')];
  if (own !== undefined) return own;
  return (marks[id.replace(/^(edge-)?initial-/, '')] ?? []).filter((mark) => mark !== 'ended');
}
