import type { SequenceName } from '../../machines/sequences.ts';
import { sequenceGraph } from '../graph.ts';
import { looks } from '../looks.ts';
import { type Mark, type Marks, markJourney } from '../marks.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { pictures } from './pictures.ts';
import type { Verdict } from './verdict.ts';

const allMarks = Object.keys(looks);

/** A fresh copy of a sequence's picture, with its own style sheet inside. */
export function pictureOf(sequence: SequenceName): Document {
  return new DOMParser().parseFromString(pictures.get(sequence) ?? '', 'image/svg+xml');
}

/**
 * Lights the way of a run in a picture, and writes into its states what the plan says of them. A run that is not valid
 * has no way, and leaves the picture plain.
 */
export function lightWay(picture: ParentNode, exploration: Exploration, verdict: Verdict): void {
  const journey = verdict.kind === 'invalid' ? undefined : verdict.journey;
  const graph = sequenceGraph(sequenceOf(exploration));
  const marks = journey === undefined ? {} : markJourney(graph, journey);
  for (const old of picture.querySelectorAll('.note')) {
    old.previousElementSibling?.removeAttribute('dy');
    old.remove();
  }
  for (const group of picture.querySelectorAll('.state, .edge, .initial')) {
    group.classList.remove(...allMarks);
    group.classList.add(...marksFor(group.id, marks));
    const note = journey?.notes[group.id.replace(/^state-/, '')];
    if (note !== undefined) writeNote(group, note);
  }
}

/** Writes a small line under the name of a state: the picture is laid out for the name alone. */
function writeNote(state: Element, note: string): void {
  const name = state.querySelector('text');
  const line = name?.cloneNode();
  if (name === null || !(line instanceof Element)) return;
  name.setAttribute('dy', '-4');
  line.classList.add('note');
  line.setAttribute('dy', '8');
  line.setAttribute('font-size', '9');
  line.textContent = note;
  name.after(line);
}

/** Marks go by the ids of states and transitions. What leads to an initial state is marked as that state is, save its end. */
function marksFor(id: string, marks: Marks): readonly Mark[] {
  const own = marks[id.replace(/^state-/, '')];
  if (own !== undefined) return own;
  return (marks[id.replace(/^(edge-)?initial-/, '')] ?? []).filter((mark) => mark !== 'ended');
}
