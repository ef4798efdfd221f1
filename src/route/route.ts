import { listFirst } from '../listed.ts';
import { deepFreeze } from '../readonly.ts';
import { planFinished, stageEvent } from '../sequence/events.ts';
import {
  orderRule,
  type PlanOptions,
  policyRules,
  type RouteOptions,
  readingOf,
  routeOptionsOf,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { longestWay } from '../sequence/running-order.ts';
import { eventsOf, follow, stagesOf, type Walk, type WalkedStage, walkedStages } from '../sequence/walk.ts';
import { nearestWays } from '../sequence/ways.ts';
import type { Decision } from './decision.ts';
import { decide } from './decisions.ts';
import { type Fixes, nearestFixes } from './fixes.ts';
import {
  type Rejection,
  rejectAmbiguity,
  rejectEnd,
  rejectFurthest,
  rejectMismatch,
  rejectOrder,
  rejectRepeats,
} from './rejections.ts';
import { type Switches, switchesOf, switchKey, wantedEvents } from './switches.ts';

/** A run's walk through its sequence, with what was decided on the way. */
export interface LegalRoute {
  readonly legal: true;
  readonly reading: SequenceReading;
  readonly walk: Walk;
  readonly events: readonly string[];
  readonly stages: readonly WalkedStage[];
  readonly decisions: readonly Decision[];
}

/** Every reason why a run has no walk through its sequence, how far it gets, and the nearest fixes. */
export interface IllegalRoute extends Fixes {
  readonly legal: false;
  readonly reading: SequenceReading;
  /** The walk that got furthest with what is wanted. */
  readonly walk: Walk;
  /** The walk in the stated order, up to what is wrong with it; without a stated order the same as `walk`. */
  readonly ended: Walk;
  readonly wanted: readonly string[];
  /** The first 50. */
  readonly rejections: readonly Rejection[];
  /** How many rejections there are besides. */
  readonly more: number;
}

export type Route = LegalRoute | IllegalRoute;

/** What a route is found for: switches, and the order that the caller expects. */
export type RunSwitches = Readonly<Record<string, unknown>> & {
  readonly stage_order?: readonly string[] | undefined;
};

/**
 * Finds the walk of a run through a sequence that was read, or every reason why there is none. Linear in the transitions
 * of the sequence, since only the first 50 reasons are worked out.
 */
export function routeThrough(
  reading: SequenceReading,
  run: RunSwitches,
  { order, openable }: RouteOptions,
): Route {
  const route = rememberedRoute(reading, run);
  const { stage_order: stated } = run;
  const hasImage = typeof run.input_image === 'string';
  if (!route.legal) {
    const fixes = nearestFixes(reading, switchesOf(reading, run), { hasImage, openable, stated });
    const repeats = stated === undefined ? [] : rejectRepeats(reading, stated);
    const { first, more } = listFirst([...route.rejections, ...repeats], route.more);
    return { ...route, more, ...deepFreeze({ rejections: first, ...fixes }) };
  }
  if (stated === undefined || stated.join() === stagesOf(route.walk).join()) return route;
  const mismatches = rejectMismatch(reading, stated, route.walk);
  if (mismatches.length === 0 && order === 'repair')
    return { ...route, decisions: deepFreeze(decide(reading, route.walk, stated)) };
  const fixes = nearestFixes(reading, switchesOf(reading, run), { hasImage, openable: [], stated });
  return { ...illegalOrder(route, run, stated, mismatches), ...fixes };
}

/**
 * Finds the route of a run by options.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 * @throws {InvalidSequenceError} when the machine cannot be read as a sequence.
 */
export function findRoute(run: RunSwitches, options: PlanOptions): Route {
  const taken = takeOptions(options, sequenceRule, policyRules, orderRule);
  return routeThrough(readingOf(taken), run, routeOptionsOf(taken));
}

/** Why an order of stages is refused: where the sequence stops following it. Empty when it is legal. */
export function rejectStages(reading: SequenceReading, stages: readonly string[]): readonly Rejection[] {
  return rejectGroups(
    reading,
    stages.map((stage) => ({ stage, events: [stageEvent(stage)] })),
  );
}

/** A route without the fixes of an illegal one: those depend on more than the switches. */
type BareRoute = LegalRoute | Omit<IllegalRoute, keyof Fixes>;

const routes = new WeakMap<SequenceReading, Map<string, BareRoute>>();
/** A route grows with the square of its switches: so many of these squares are kept for a sequence, 64 routes of 64 switches. */
const mostRemembered = 2 ** 18;

/** From switches alone the order cannot be wrong, so each set of them is worked out once, as long as there are not too many. */
function rememberedRoute(reading: SequenceReading, run: RunSwitches): BareRoute {
  const remembered = routes.get(reading) ?? new Map<string, BareRoute>();
  routes.set(reading, remembered);
  const key = switchKey(reading, run);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const route = routeOf(reading, switchesOf(reading, run));
  if (remembered.size * reading.switches.size ** 2 >= mostRemembered) remembered.clear();
  remembered.set(key, route);
  return route;
}

function routeOf(reading: SequenceReading, switches: Switches): BareRoute {
  const wanted = wantedEvents(reading, switches);
  const taken = new Set(wanted);
  const nearest = nearestWays(reading.states, taken);
  if (nearest?.flips === 0 && nearest.count === 1) {
    const [events = []] = nearest.ways();
    const walk = follow(reading, events);
    return {
      legal: true,
      reading,
      walk,
      stages: walkedStages(walk),
      ...deepFreeze({ events: eventsOf(walk), decisions: decide(reading, walk, null) }),
    };
  }
  const walk = follow(
    reading,
    longestWay(reading.states, (event) => taken.has(event)),
  );
  const { first, more } =
    nearest?.flips === 0
      ? listFirst(rejectAmbiguity(reading, firstTwo(nearest.ways())))
      : rejectFurthest(reading, walk, wanted);
  return { legal: false, reading, walk, ended: walk, wanted, rejections: deepFreeze(first), more };
}

function firstTwo(ways: Iterable<readonly string[]>): readonly (readonly string[])[] {
  const two: (readonly string[])[] = [];
  for (const way of ways) if (two.push(way) === 2) break;
  return two;
}

/** The switches have a walk, and the stated order is not that of its stages. */
function illegalOrder(
  { reading, walk, stages: planned }: LegalRoute,
  run: RunSwitches,
  stated: readonly string[],
  mismatches: readonly Rejection[],
): Omit<IllegalRoute, keyof Fixes> {
  const stages = new Map(planned.map((walked) => [walked.stage, walked]));
  const groups = stated.map((stage) => ({
    stage,
    events: stages.get(stage)?.steps.map((step) => step.event) ?? [],
  }));
  const wrong = groups.findIndex(({ events }) => events.length === 0);
  const ended = follow(
    reading,
    groups.slice(0, wrong === -1 ? groups.length : wrong).flatMap(({ events }) => events),
  );
  const { first, more } = listFirst(mismatches.length > 0 ? mismatches : rejectGroups(reading, groups));
  const wanted = wantedEvents(reading, switchesOf(reading, run));
  return {
    legal: false,
    reading,
    walk,
    ended,
    wanted,
    rejections: first,
    more,
  };
}

/** A stage of an order, with the event that begins it and those of its passes behind it. */
interface Group {
  readonly stage: string;
  readonly events: readonly string[];
}

function rejectGroups(reading: SequenceReading, groups: readonly Group[]): readonly Rejection[] {
  const steps = groups.flatMap(({ events }, index) => events.map((event) => ({ event, index })));
  const asked = steps.map(({ event }) => event);
  const walk = follow(reading, [...asked, planFinished]);
  if (walk.complete) return [];
  const refused = steps[walk.steps.length];
  if (refused === undefined) return [rejectEnd(reading, walk)];
  const stages = groups.map(({ stage }) => stage);
  return [rejectOrder(reading, walk, refused.event, { stages, index: refused.index, asked })];
}
