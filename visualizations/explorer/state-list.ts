import { flatten, sequenceGraph } from '../graph.ts';
import { legend } from '../looks.ts';
import { markJourney } from '../marks.ts';
import { element } from './element.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import type { Verdict } from './verdict.ts';

/** The states of a machine below each other, with the marks of a run: for narrow pages, and machines that have no picture. */
export function stateList(exploration: Exploration, verdict: Verdict): readonly HTMLElement[] {
  const graph = sequenceGraph(sequenceOf(exploration));
  const marks = verdict.kind === 'invalid' ? {} : markJourney(graph, verdict.journey);
  const notes = verdict.kind === 'invalid' ? {} : verdict.journey.notes;
  return flatten(graph.states).map(({ id, name, description }) => {
    const mark = marks[id]?.at(-1);
    const depth = id.split('.').length;
    return element(
      'li',
      { 'data-mark': mark, 'data-depth': depth, title: description },
      element('span', { class: 'name' }, name),
      ...(notes[id] === undefined ? [] : [element('span', { class: 'about' }, notes[id])]),
      ...(mark === undefined ? [] : [element('span', { class: 'mark' }, wordOf(mark))]),
    );
  });
}

/** The words of a legend without the look that they tell of. */
function wordOf(mark: keyof typeof legend): string {
  return legend[mark].replace(/ \(.*/, '');
}
