import { switchOf } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { follow, stagesOf, type Walk } from '../sequence/walk.ts';
import { type NearestWays, nearestWays, type WayCount, waysByDistance } from '../sequence/ways.ts';
import { sayFix } from './sentences.ts';
import { type Switches, wantedEvents } from './switches.ts';

/** A way to make a run legal. Merge `change` into the RunConfig. */
export interface Fix {
  /** Fields of the RunConfig with their new values. */
  readonly change: Readonly<Record<string, boolean | readonly string[]>>;
  /** How many switches it flips. */
  readonly flips: number;
  readonly message: string;
}

/** The nearest fixes, the first of them in running order, and how many there are. */
export interface Fixes {
  readonly fixes: readonly Fix[];
  readonly fix_count: WayCount;
}

/** How many fixes are listed. */
const mostListed = 20;

/** How many ways are looked at where a sequence has several orders for some sets. */
const mostExamined = 1000;

/**
 * Finds the legal sets of switches with the fewest flips: the ways through the sequence that are nearest to what is
 * wanted, and of these the ones whose set has no other order.
 *
 * A run that states an order gets the order that goes with each set.
 */
export function nearestFixes(
  reading: SequenceReading,
  switches: Switches,
  stated: readonly string[] | undefined,
): Fixes {
  const wanted = new Set(wantedEvents(reading, switches));
  const fix = (events: readonly string[]) => fixBy(reading, switches, follow(reading, events), stated);
  const nearest = nearestWays(reading.states, wanted);
  const listed: (readonly string[])[] = [];
  if (reading.ambiguity.kind === 'none' && nearest !== undefined) {
    for (const events of nearest.ways('flips')) {
      listed.push(events);
      if (listed.length === mostListed) break;
    }
    const { count, at_least } = nearest;
    return { fixes: inRunningOrder(reading, listed.map(fix)), fix_count: { count, at_least } };
  }
  const { ways, cut } = unrivalled(reading, waysByDistance(reading.states, wanted));
  const fixes = inRunningOrder(reading, ways.map(fix)).slice(0, mostListed);
  return { fixes, fix_count: { count: ways.length, at_least: cut } };
}

/** The nearest ways whose events have no other order, where some sets have several. */
function unrivalled(
  { states }: SequenceReading,
  levels: readonly NearestWays[],
): { readonly ways: readonly (readonly string[])[]; readonly cut: boolean } {
  let left = mostExamined;
  for (const level of levels) {
    const ways: (readonly string[])[] = [];
    for (const events of level.ways('flips')) {
      if (left === 0) return { ways, cut: true };
      left -= 1;
      const alone = nearestWays(states, new Set(events.slice(0, -1)));
      if (alone?.count === 1) ways.push(events);
    }
    if (ways.length > 0) return { ways, cut: false };
  }
  return { ways: [], cut: false };
}

function fixBy(
  reading: SequenceReading,
  switches: Switches,
  walk: Walk,
  stated: readonly string[] | undefined,
): Fix {
  const taken = new Set(walk.steps.map((step) => step.event));
  const turned = switchesInOrder(reading)
    .map(([name, event]) => [name, taken.has(event)] as const)
    .filter(([name, on]) => on !== switches[name]);
  const change = {
    ...Object.fromEntries(turned),
    ...(stated !== undefined && { stage_order: stagesOf(walk) }),
  };
  return { change, flips: turned.length, message: sayFix(change) };
}

/** Sorts fixes of one distance by the first switch in which they differ. */
function inRunningOrder(reading: SequenceReading, fixes: readonly Fix[]): readonly Fix[] {
  const names = switchesInOrder(reading).map(([name]) => name);
  const placesOf = ({ change }: Fix) => names.flatMap((name, index) => (name in change ? [index] : []));
  return fixes
    .map((fix) => ({ fix, places: placesOf(fix) }))
    .sort((a, b) => {
      const index = a.places.findIndex((place, at) => place !== b.places[at]);
      return Number(a.places[index]) - Number(b.places[index]);
    })
    .map(({ fix }) => fix);
}

function switchesInOrder(reading: SequenceReading): readonly (readonly [name: string, event: string])[] {
  const inOrder = reading.runningOrder.map((event) => [switchOf(event), event] as const);
  return [...new Map([...inOrder, ...reading.switches])];
}
