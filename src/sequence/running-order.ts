import type { Ahead } from './ahead.ts';
import { planFinished } from './events.ts';
import type { ReachableState } from './reachable-states.ts';

/**
 * The stages and passes of a sequence in the order of its longest way; any other stands before the first of those that
 * can come after it, else last.
 */
export function runningOrderOf(
  events: readonly string[],
  states: readonly ReachableState[],
  ahead: Ahead,
): readonly string[] {
  const order = longestWay(states, () => true).filter((event) => event !== planFinished);
  const later = eventsBehind(states, ahead);
  const ofWay = new Set(order);
  const others = events.filter((event) => event !== planFinished && !ofWay.has(event)).sort();
  for (const event of others) {
    const behind = later.get(event) ?? 0n;
    const successor = order.findIndex((other) => (behind & ahead.bitOf(other)) !== 0n);
    order.splice(successor === -1 ? order.length : successor, 0, event);
  }
  return order;
}

/** The events of the longest way over events that are wanted; of equally long ones, the first by the names of its events. */
export function longestWay(states: readonly ReachableState[], wanted: (event: string) => boolean): string[] {
  const onward = new Map<ReachableState, Onward>();
  for (const state of states.toReversed()) {
    let best: Onward | undefined;
    for (const [event, target] of state.moves) {
      if (!wanted(event)) continue;
      const length = 1 + (onward.get(target)?.length ?? 0);
      if (best === undefined || length > best.length || (length === best.length && event < best.event))
        best = { event, target, length };
    }
    if (best !== undefined) onward.set(state, best);
  }
  const way: string[] = [];
  const [start] = states;
  let step = start && onward.get(start);
  // A machine with circles has no longest way, and is refused for that elsewhere.
  while (step !== undefined && way.length < states.length) {
    way.push(step.event);
    step = onward.get(step.target);
  }
  return way;
}

interface Onward {
  readonly event: string;
  readonly target: ReachableState;
  readonly length: number;
}

/** For each event those that some way takes after it. */
function eventsBehind(states: readonly ReachableState[], { some }: Ahead): ReadonlyMap<string, bigint> {
  const behind = new Map<string, bigint>();
  for (const { moves } of states) {
    for (const [event, target] of moves) behind.set(event, (behind.get(event) ?? 0n) | some(target));
  }
  return behind;
}
