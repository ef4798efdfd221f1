import { flatten, sequenceGraph } from '../graph.ts';
import { legend } from '../story.ts';
import { type Child, element, unseen, wholeSizes } from './element.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { storyAlong } from './marked-picture.ts';
import type { Verdict } from './verdict.ts';

/** The states of a machine below each other, with the marks of a run: for narrow pages, and machines that have no picture. */
export function stateList(exploration: Exploration, verdict: Verdict): readonly HTMLElement[] {
  const { marks, details, numbers, refusal } = storyAlong(exploration, verdict);
  const { states, edges } = sequenceGraph(sequenceOf(exploration));
  const steps = new Map(edges.flatMap(({ id, target }) => stepOf(target, numbers[id])));
  return flatten(states).map(({ id, name, description }) => {
    const mark = marks[id]?.at(-1);
    const depth = id.split('.').length;
    const said = mark === undefined ? [] : [legend[mark].replace(/,.*/, '')];
    const about = (details[id] ?? []).filter((line) => !said.includes(line));
    return element(
      'li',
      { 'data-mark': mark, 'data-depth': depth, title: description },
      element('span', { class: 'step' }, ...(steps.get(id) ?? [])),
      element('span', { class: 'name' }, name),
      element('span', { class: 'about' }, ...unbroken(about)),
      ...(refusal?.state === id ? [element('strong', { class: 'cross' }, `\u2715 ${refusal.label}`)] : []),
      ...said.map((word) => element('span', { class: 'mark' }, word)),
    );
  });
}

/** The number of the step that leads into a state, as its picture has it on the arrow. */
function stepOf(
  target: string,
  number: number | undefined,
): readonly (readonly [string, readonly Child[]])[] {
  return number === undefined ? [] : [[target, [unseen('step '), String(number)]]];
}

/** Lines in a row, which wraps between them before it wraps in one. */
function unbroken(lines: readonly string[]): readonly Child[] {
  return lines.flatMap((line, index) => [
    element('span', {}, ...wholeSizes(index < lines.length - 1 ? `${line},` : line)),
    ' ',
  ]);
}
