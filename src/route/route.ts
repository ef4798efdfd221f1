import type { SequencePolicies } from '../../machines/sequence-vocabulary.ts';
import { deepFreeze } from '../readonly.ts';
import { type PlanOptions, resolveSequence } from '../sequence/options.ts';
import { remember } from '../sequence/remember.ts';
import { planFinished, type StageSequence, subjectOf } from '../sequence/sequence.ts';
import { follow, searchWalks, stagesOf, type Walk, wordOf } from '../sequence/walk.ts';
import { type Decision, decide } from './decisions.ts';
import { type Fix, nearestFixes } from './fixes.ts';
import { type Rejection, rejectEnd, rejectMismatch, rejectOrder, rejectWanted } from './rejections.ts';
import { type Switches, switchesOf, wantedEvents } from './wanted-events.ts';

/** A run's walk through its sequence, with what was decided on the way. */
export interface LegalRoute {
  readonly legal: true;
  readonly sequence: StageSequence;
  readonly walk: Walk;
  readonly events: readonly string[];
  readonly decisions: readonly Decision[];
}

/** Every reason why a run has no walk through its sequence, the walk that got furthest, and the nearest fixes. */
export interface IllegalRoute {
  readonly legal: false;
  readonly sequence: StageSequence;
  readonly walk: Walk;
  readonly wanted: readonly string[];
  readonly switches: Switches;
  readonly rejections: readonly Rejection[];
  readonly fixes: readonly Fix[];
}

export type Route = LegalRoute | IllegalRoute;

/** Finds the walk of a run through its sequence, or every reason why there is none. */
export function findRoute(
  run: Readonly<Record<string, unknown>> & { readonly stage_order?: readonly string[] | undefined },
  options: PlanOptions,
): Route {
  const { sequence, policies } = resolveSequence(options);
  const switches = switchesOf(sequence, run);
  if (run.stage_order === undefined) return unorderedRoute(sequence, policies, switches);
  return orderedRoute(sequence, policies, switches, run.stage_order, options.order === 'repair');
}

/** From switches alone the order cannot be wrong, so each combination is worked out once. */
const unorderedRoute = remember(
  (sequence, policies: SequencePolicies, switches: Switches): Route => {
    const wanted = wantedEvents(sequence, switches);
    const search = searchWalks(sequence, policies, wanted);
    const rejections = rejectWanted(sequence, search, wanted);
    const [walk] = search.complete;
    if (walk === undefined || rejections.length > 0) {
      const fixes = nearestFixes(sequence, policies, switches, undefined);
      return {
        legal: false,
        sequence,
        walk: search.furthest,
        wanted,
        switches,
        ...deepFreeze({ rejections, fixes }),
      };
    }
    const decisions = decide(sequence, walk, switches, null);
    return { legal: true, sequence, walk, ...deepFreeze({ events: wordOf(walk), decisions }) };
  },
  ({ externalInput, standaloneUpscale }, switches) =>
    `${externalInput} ${standaloneUpscale} ${Object.values(switches).join()}`,
);

function orderedRoute(
  sequence: StageSequence,
  policies: SequencePolicies,
  switches: Switches,
  stated: readonly string[],
  repair: boolean,
): Route {
  const route = unorderedRoute(sequence, policies, switches);
  const wanted = wantedEvents(sequence, switches);
  const illegal = (rejections: readonly Rejection[]): Route => {
    const fixes = nearestFixes(sequence, policies, switches, stated);
    return { legal: false, sequence, walk: route.walk, wanted, switches, rejections, fixes };
  };

  const mismatches = rejectMismatch(
    stated,
    wanted.flatMap((event) => subjectOf(event).stage ?? []),
  );
  if (!route.legal) return illegal([...route.rejections, ...mismatches]);
  if (mismatches.length > 0) return illegal(mismatches);
  const { walk } = route;
  if (stated.join() === stagesOf(walk).join()) return route;
  if (repair) return { ...route, decisions: deepFreeze(decide(sequence, walk, switches, stated)) };
  return illegal(
    rejectWord(
      sequence,
      policies,
      stated.map((stage) => stageWithPasses(walk, stage)),
    ),
  );
}

/**
 * Why an order of stages is refused: where the machine stops following it. Empty when it is legal.
 *
 * Each group is a stage's event, with the events of its passes behind it.
 */
export function rejectWord(
  sequence: StageSequence,
  policies: SequencePolicies,
  groups: readonly (readonly string[])[],
): readonly Rejection[] {
  const walk = follow(sequence, policies, [...groups.flat(), planFinished]);
  if (walk.complete) return [];
  const position = stagesOf(walk).length;
  const refused = groups[position]?.[0];
  return refused === undefined ? [rejectEnd(walk)] : [rejectOrder(sequence, walk, refused, position)];
}

/** The event of a stage and, behind it, those of the passes that a walk takes inside it. */
export function stageWithPasses(walk: Walk, stage: string): readonly string[] {
  const start = walk.steps.findIndex((step) => step.stage === stage);
  const behind = walk.steps.slice(start + 1);
  const next = behind.findIndex((step) => step.pass === null);
  return [`stage.${stage}`, ...behind.slice(0, next).map((step) => step.event)];
}
