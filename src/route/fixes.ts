import { type PolicyName, policiesBy } from '../../machines/policies.ts';
import { sameJson } from '../json.ts';
import { switchOf } from '../sequence/events.ts';
import type { ReachableState } from '../sequence/reachable-states.ts';
import { readSequence, type SequenceReading } from '../sequence/reading.ts';
import { follow, stagesOf } from '../sequence/walk.ts';
import { type NearestWays, nearestWays, type WayCount, waysByDistance } from '../sequence/ways.ts';
import { sayFix } from './sentences.ts';
import { type Switches, wantedEvents } from './switches.ts';

/** A way to make a run legal. Merge `change` into the RunConfig, and `options` into the options. */
export interface Fix {
  /** Fields of the RunConfig with their new values. */
  readonly change: Readonly<Record<string, boolean | readonly string[]>>;
  /** Policies to open, which the caller left at their default. */
  readonly options: { readonly [Name in PolicyName]?: true };
  /** How many switches it flips and policies it opens. */
  readonly flips: number;
  readonly message: string;
}

/** The nearest fixes, the first of them in running order, and how many there are. */
export interface Fixes {
  readonly fixes: readonly Fix[];
  readonly fix_count: WayCount;
}

/** What a fix has to mind beside the switches. */
export interface FixTerms {
  /** Whether the run names an existing image, which a fix should use. */
  readonly hasImage: boolean;
  /** The policies that a fix may open: what was closed on purpose is the application's word. */
  readonly openable: readonly PolicyName[];
  /** The order that the run states, if it states one: then each fix has the order that goes with it, where that is another. */
  readonly stated: readonly string[] | undefined;
}

/** How many fixes are listed. */
export const mostFixes = 20;

/** How many ways of one distance are looked at where a sequence has several orders for some sets. */
const mostExamined = 1000;

/**
 * Finds the fewest switches to flip, and policies to open, that make a run legal: the ways through the sequence that are
 * nearest to what is wanted, and of these the ones whose set has no other order.
 *
 * Those that use the run's existing image come first, then those that open a policy, then the others in running order.
 */
export function nearestFixes(reading: SequenceReading, switches: Switches, terms: FixTerms): Fixes {
  const wanted = new Set(wantedEvents(reading, switches));
  const offers = openings(reading, terms.openable).flatMap((opening) => {
    const nearest = unrivalledWays(opening.reading, wanted);
    return nearest === undefined
      ? []
      : [{ ...opening, nearest, distance: nearest.flips + opening.opened.length }];
  });
  const least = Math.min(...offers.map(({ distance }) => distance));
  const best = offers.filter(({ distance }) => distance === least);
  const fixes = best.flatMap(({ nearest, ...opening }) =>
    firstWays(nearest, terms.hasImage).map((events) => fixBy(opening, switches, events, terms)),
  );
  return {
    fixes: inOrder(reading, fixes).slice(0, mostFixes),
    fix_count: {
      count: best.reduce((sum, { nearest }) => Math.min(sum + nearest.count, Number.MAX_SAFE_INTEGER), 0),
      at_least: best.some(({ nearest }) => nearest.at_least),
    },
  };
}

/** A sequence with some of its closed policies opened. */
interface Opening {
  readonly reading: SequenceReading;
  readonly opened: readonly PolicyName[];
}

/** Every way to open some of the policies that may be opened, none of them first. */
function openings(reading: SequenceReading, openable: readonly PolicyName[]): readonly Opening[] {
  return Array.from({ length: 2 ** openable.length }, (_, bits) => {
    const opened = openable.filter((_name, index) => ((bits >> index) & 1) === 1);
    const wider = policiesBy((name) => reading.policies[name] || opened.includes(name));
    return { opened, reading: readSequence(reading.sequence, wider) };
  });
}

/** Some nearest ways, as an iterable that can be listed from states of one kind only. */
type Unrivalled = Pick<NearestWays, 'flips' | 'count' | 'at_least' | 'ways'>;

/** The nearest ways whose events have no other order. undefined: there is none. */
function unrivalledWays(reading: SequenceReading, wanted: ReadonlySet<string>): Unrivalled | undefined {
  const { states } = reading;
  if (reading.ambiguity.kind === 'none') return nearestWays(states, wanted);
  for (const level of waysByDistance(states, wanted)) {
    // Ways that differ in nothing from what is wanted are its orders: where there are several, none of them is a fix.
    if (level.flips === 0 && level.count > 1) continue;
    const found: (readonly string[])[] = [];
    let left = mostExamined;
    for (const events of level.ways('flips')) {
      if (left === 0) break;
      left -= 1;
      const alone = nearestWays(states, new Set(events));
      if (alone?.count === 1) found.push(events);
    }
    const at_least = left === 0;
    if (found.length > 0 || at_least)
      return { flips: level.flips, count: found.length, at_least, ways: () => found };
  }
  return undefined;
}

/** The first of the nearest ways, those that start from an existing image for themselves where there is one. */
function firstWays({ ways }: Unrivalled, hasImage: boolean): readonly (readonly string[])[] {
  const first = (iterable: Iterable<readonly string[]>) => {
    const listed: (readonly string[])[] = [];
    for (const events of iterable) if (listed.push(events) === mostFixes) break;
    return listed;
  };
  const fromImage = hasImage ? first(ways('flips', takesImage)) : [];
  const known = new Set(fromImage.map(String));
  return [...fromImage, ...first(ways('flips')).filter((events) => !known.has(String(events)))];
}

function takesImage({ outer }: ReachableState): boolean {
  return outer.takes !== 'nothing';
}

/** A fix, and what it is sorted by. */
interface RankedFix extends Fix {
  readonly usesImage: boolean;
}

function fixBy(
  { reading, opened }: Opening,
  switches: Switches,
  events: readonly string[],
  { hasImage, stated }: FixTerms,
): RankedFix {
  const walk = follow(reading, events);
  const taken = new Set(events);
  const turned = switchesInOrder(reading)
    .map(([name, event]) => [name, taken.has(event)] as const)
    .filter(([name, on]) => on !== switches[name]);
  const order = stagesOf(walk);
  const change = {
    ...Object.fromEntries(turned),
    ...(stated !== undefined && !sameJson(order, stated) && { stage_order: order }),
  };
  const options = Object.fromEntries(opened.map((name) => [name, true] as const));
  return {
    change,
    options,
    flips: turned.length + opened.length,
    message: sayFix({ change, options }),
    usesImage: hasImage && walk.steps[0]?.meta.takes !== 'nothing',
  };
}

/** Sorts fixes of one distance: the image, then a policy, then the first switch in which they differ. */
function inOrder(reading: SequenceReading, fixes: readonly RankedFix[]): readonly Fix[] {
  const names = switchesInOrder(reading).map(([name]) => name);
  const rankOf = ({ usesImage, options, change }: RankedFix) => [
    usesImage ? 0 : 1,
    Object.keys(options).length === 0 ? 1 : 0,
    ...names.flatMap((name, index) => (name in change ? [index] : [])),
  ];
  return fixes
    .map((fix) => ({ fix, rank: rankOf(fix) }))
    .sort((a, b) => {
      const at = a.rank.findIndex((place, index) => place !== b.rank[index]);
      return Number(a.rank[at]) - Number(b.rank[at]);
    })
    .map(({ fix: { usesImage: _, ...fix } }) => fix);
}

function switchesInOrder(reading: SequenceReading): readonly (readonly [name: string, event: string])[] {
  const inOrder = reading.runningOrder.map((event) => [switchOf(event), event] as const);
  return [...new Map([...inOrder, ...reading.switches])];
}
