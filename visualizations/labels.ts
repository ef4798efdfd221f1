import { planFinished, subjectName } from '../src/sequence/events.ts';
import type { GraphEdge } from './graph.ts';

/**
 * What is written at a transition, line by line: the stage or pass that its event is of, where the name of the state that it
 * leads to does not say so already, and its guard.
 */
export function edgeLabels({ event, guard, target }: GraphEdge): readonly string[] {
  const name = target.split('.').at(-1);
  const subject = subjectName(event);
  const isSaid = subject === name || event === planFinished;
  return [...(isSaid || event === '' ? [] : [subject]), ...(guard === null ? [] : [`[${guard}]`])];
}

/** A transition in full, as a tooltip says it: `start: stage.img2img [externalInput] leads to img2img`. */
export function describeEdge({ source, event, guard, target }: GraphEdge): string {
  const labels = [event, guard === null ? '' : `[${guard}]`].filter((label) => label !== '');
  return `${[`${source}${labels.length === 0 ? '' : ':'}`, ...labels].join(' ')} leads to ${target}`;
}
