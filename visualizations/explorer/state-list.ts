import { flatten, sequenceGraph } from '../graph.ts';
import { legend } from '../story.ts';
import { element } from './element.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { storyAlong } from './marked-picture.ts';
import type { Verdict } from './verdict.ts';

/** The states of a machine below each other, with the marks of a run: for narrow pages, and machines that have no picture. */
export function stateList(exploration: Exploration, verdict: Verdict): readonly HTMLElement[] {
  const { marks, details } = storyAlong(exploration, verdict);
  return flatten(sequenceGraph(sequenceOf(exploration)).states).map(({ id, name, description }) => {
    const mark = marks[id]?.at(-1);
    const depth = id.split('.').length;
    const said = mark === undefined ? [] : [legend[mark].replace(/,.*/, '')];
    const about = (details[id] ?? []).filter((line) => !said.includes(line));
    return element(
      'li',
      { 'data-mark': mark, 'data-depth': depth, title: description },
      element('span', { class: 'name' }, name),
      ...(about.length === 0 ? [] : [element('span', { class: 'about' }, about.join(', '))]),
      ...said.map((word) => element('span', { class: 'mark' }, word)),
    );
  });
}
