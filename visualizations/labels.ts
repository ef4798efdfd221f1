import { planFinished, subjectName } from '../src/sequence/events.ts';
import type { GraphEdge } from './graph.ts';

/** The short name of a transition's event: the stage or pass, or `finished`. */
export function eventLabel({ event }: GraphEdge): string {
  return event === planFinished ? 'finished' : subjectName(event);
}

/** A transition in full, as a tooltip says it: `start: stage.img2img [externalInput] leads to img2img`. */
export function describeEdge({ source, event, guard, target }: GraphEdge): string {
  const labels = [event, guard === null ? '' : `[${guard}]`].filter((label) => label !== '');
  return `${[`${source}${labels.length === 0 ? '' : ':'}`, ...labels].join(' ')} leads to ${target}`;
}
