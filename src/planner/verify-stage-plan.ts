import * as z from 'zod';
import { sequenceNames, sequences } from '../../machines/sequences.ts';
import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { sayFault } from '../config/say-fault.ts';
import { sayOtherDocument } from '../document-kind.ts';
import { frozenCopy } from '../json.ts';
import { listFirst, moreLines } from '../listed.ts';
import { pathKey, quote, renderPath, valueAt } from '../path.ts';
import { planFingerprint } from '../plan/fingerprint.ts';
import { formatVersion } from '../plan/format-version.ts';
import { sayOtherFormat } from '../plan/other-format.ts';
import { runOfPlan } from '../plan/run-of-plan.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { readForeign } from '../read-foreign.ts';
import { sayEvents, sayState } from '../route/sentences.ts';
import { sequenceFingerprint } from '../sequence/fingerprint.ts';
import { InvalidSequenceError } from '../sequence/invalid-sequence-error.ts';
import { type OptionRules, readingOf, type SequenceOptions } from '../sequence/options.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { follow, type Walk, walkedStages } from '../sequence/walk.ts';
import { planOfRun } from './build-stage-plan.ts';
import { malformedDecisions } from './malformed-decisions.ts';
import { mixedStages } from './malformed-stages.ts';
import { catalogOfPlan } from './own-stages.ts';
import { placeInPlan } from './place-in-plan.ts';
import { knownPlans, type PlanCatalog } from './plan-catalog.ts';
import { type PlanProblem, planProblems, stageListProblems } from './plan-problems.ts';
import { routeIn } from './route-run.ts';
import { takeFor } from './stage-catalog.ts';

export interface VerifyOptions extends SequenceOptions {
  /** What {@link planFingerprint} gave for the plan as it was built. With it, no change at all goes unseen. */
  readonly fingerprint?: string | undefined;
}

export type PlanVerdict<Plan = StageExecutionPlan> =
  | { readonly valid: true; readonly plan: Plan; readonly problems: readonly [] }
  | {
      readonly valid: false;
      /** The first 50. */
      readonly problems: readonly PlanProblem[];
      /** How many problems there are besides. */
      readonly more: number;
    };

/**
 * Verifies a plan of unknown origin: replays its events and stages through the sequence, and says what does not agree.
 *
 * Pure, and linear in the plan. The policies are the verifier's own: a plan that starts from an existing image is refused under
 * `externalInput: false`. A setting changed within its bounds, say `steps`, shows only against `fingerprint`.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind; nothing else is thrown.
 */
export function verifyStagePlan(plan: unknown, options: VerifyOptions = {}): PlanVerdict {
  return verifyWith(knownPlans, plan, options);
}

/** Verifies a plan with the stages of a catalog. */
export function verifyWith(catalog: PlanCatalog, plan: unknown, options: VerifyOptions): PlanVerdict {
  const { fingerprint, ...taken } = takeFor(catalog, options, fingerprintRule);
  const reading = readingOf(taken);
  return readForeign(
    plan,
    (given) => verdictOn(catalog, given, reading, fingerprint),
    (reason) => refused([malformed('', `cannot be read (${quote(reason)}): hand over plain data`)]),
  );
}

function verdictOn(
  catalog: PlanCatalog,
  plan: unknown,
  reading: SequenceReading,
  fingerprint: string | undefined,
): PlanVerdict {
  const other = [...otherDocument(plan), ...otherFormat(plan), ...otherSequence(plan, reading.sequence)];
  const unread = other.length > 0 ? other : tooLong(plan, reading);
  if (unread.length > 0) return refused(unread);
  const parsed = catalog.StageExecutionPlan.safeParse(plan);
  if (!parsed.success) return refused(malformedProblems(catalog, plan, reading, parsed.error.issues));
  // A stage that is like a known one has a name of its own, which the core's types list apart.
  const verified = frozenCopy(parsed.data) as StageExecutionPlan;
  const problems = problemsOf(catalog, verified, reading, fingerprint);
  return problems.length === 0 ? { valid: true, plan: verified, problems: [] } : refused(problems);
}

function refused(all: readonly PlanProblem[]) {
  const { first, more } = listFirst(all);
  return { valid: false, problems: first, more } as const;
}

/** What keeps a value from being a plan. What only follows from a stage of another kind, or from a decision, is not told. */
function malformedProblems(
  catalog: PlanCatalog,
  plan: unknown,
  reading: SequenceReading,
  issues: readonly Issue[],
): readonly PlanProblem[] {
  const { events, decisions: found } = Followed.parse(plan);
  const walk = follow(reading, events);
  const walked = walkedStages(walk).map(({ stage }) => stage);
  const mixed = mixedStages(plan, walked, (type) => Object.hasOwn(catalog.keys, type));
  const wrong = issues.flatMap(({ path: [list, index] }) => (list === 'decisions' ? [Number(index)] : []));
  const decisions = malformedDecisions(reading, walk, found, new Set(wrong));
  const others = issues.filter(
    ({ path: [list, index] }) =>
      !(list === 'stages' && mixed.has(Number(index))) &&
      !(list === 'decisions' && decisions.has(Number(index))),
  );
  return [
    ...others
      .flatMap((issue) => unfolded(issue, plan))
      .map((issue) => malformed(renderPath(issue.path.map(pathKey)), faultOf(issue, plan))),
    ...mixed.values(),
    ...decisions.values(),
  ];
}

/** What is wrong with a value of a plan, of unknown keys the first. */
function faultOf(issue: Issue, plan: unknown): string {
  if (issue.code !== 'unrecognized_keys') return sayFault(issue, valueAt(plan, issue.path)).words;
  const { first, more } = listFirst(issue.keys);
  const keys = [...first.map((key) => quote(key)), ...moreLines(more)].join(', ');
  return `has ${issue.keys.length === 1 ? 'an unknown key' : 'unknown keys'}: ${keys}`;
}

/** The events and decisions of a value of unknown shape, as far as it has any. */
const Followed = z
  .object({ events: z.array(z.string()).catch([]), decisions: z.array(z.unknown()).catch([]) })
  .catch({ events: [], decisions: [] });

type Issue = z.core.$ZodIssue;

/** Of a stage's two kinds, known and like a known one, the complaints of the kind that it is. */
function unfolded(issue: Issue, plan: unknown): readonly Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const kind = Object.hasOwn(Object(valueAt(plan, issue.path)), 'like') ? issue.errors.length - 1 : 0;
  return issue.errors
    .slice(kind, kind + 1)
    .flat()
    .flatMap((inner) => unfolded({ ...inner, path: [...issue.path, ...inner.path] }, plan));
}

const fingerprintRule: OptionRules = {
  fingerprint: { must: 'a string', takes: (value) => typeof value === 'string' },
};

function otherDocument(plan: unknown): readonly PlanProblem[] {
  const message = sayOtherDocument(plan, 'plan');
  return message === undefined ? [] : [{ code: 'malformed_plan', path: '', message }];
}

const Versioned = z.object({ format_version: z.string() });

/** A plan that another version of stageplan wrote is refused by its format, not by what it lacks. */
function otherFormat(plan: unknown): readonly PlanProblem[] {
  const found = Versioned.safeParse(plan).data?.format_version;
  if (found === undefined || found === formatVersion) return [];
  return [{ code: 'other_format', path: 'format_version', message: sayOtherFormat(found) }];
}

function problemsOf(
  catalog: PlanCatalog,
  plan: StageExecutionPlan,
  reading: SequenceReading,
  fingerprint: string | undefined,
): readonly PlanProblem[] {
  const walk = follow(reading, plan.events);
  if (!walk.complete || walk.steps.length < plan.events.length) return [illegalEvents(plan, reading, walk)];
  const others = stageListProblems(plan, walkedStages(walk));
  if (others.length > 0) return others;
  return [...rebuiltProblems(catalog, plan, reading), ...fingerprintProblems(plan, fingerprint)];
}

/** No stage has a dozen warnings, for each code is said at most once of a stage or of a field; of events and decisions it has fewer. */
export const mostOfAStage = 12;

/** A plan whose lists are longer than those of any run of its sequence is not worth reading item by item. */
function tooLong(plan: unknown, { runningOrder }: SequenceReading): readonly PlanProblem[] {
  const most = mostOfAStage * (runningOrder.length + 1);
  return Object.entries(lists).flatMap(([path, code]) => {
    const list: unknown = Reflect.get(Object(plan), path);
    if (!Array.isArray(list) || list.length <= most) return [];
    const message = `The plan has ${list.length} ${path}, and no run has more than ${most} here.`;
    return [{ code, path, message }];
  });
}

const lists = {
  events: 'illegal_events',
  stages: 'extra_stage',
  decisions: 'tampered_decision',
  warnings: 'tampered_warning',
} as const;

/** Builds the plan anew from the run that it tells of, and compares the two. */
function rebuiltProblems(
  catalog: PlanCatalog,
  plan: StageExecutionPlan,
  reading: SequenceReading,
): readonly PlanProblem[] {
  const built = rebuilt(catalog, plan, reading);
  if (built.success) return planProblems(plan, built.plan);
  if (!(built.error instanceof InvalidRunConfigError))
    return [{ code: 'illegal_events', path: 'events', message: noRun(built.error.message) }];
  return built.error.problems.map(({ path, message }): PlanProblem => {
    const place = placeInPlan(plan, path);
    return {
      code: place.startsWith('warnings') ? 'tampered_warning' : 'tampered_stage',
      path: place,
      message: noRun(message),
    };
  });
}

function noRun(reason: string): string {
  return `No run has this plan: what it says does not go together. ${reason}`;
}

function rebuilt(catalog: PlanCatalog, plan: StageExecutionPlan, reading: SequenceReading) {
  const options = { order: 'repair', openable: [] } as const;
  try {
    const known = catalogOfPlan(catalog, reading.sequence, plan);
    return planOfRun(routeIn(known, reading, runOfPlan(plan), options));
  } catch (error) {
    // A sequence that no planner would take has a pass in a stage that cannot carry it.
    if (error instanceof InvalidSequenceError) return { success: false, error } as const;
    throw error;
  }
}

function malformed(path: string, message: string): PlanProblem {
  return { code: 'malformed_plan', path, message: `${path || 'The plan'} ${message}.` };
}

const OfSequence = z.object({ sequence: StageExecutionPlan.shape.sequence });

/** A plan of another sequence is refused by that, not by the stages that this one does not know. */
function otherSequence(plan: unknown, sequence: StageSequence): readonly PlanProblem[] {
  const found = OfSequence.safeParse(plan).data?.sequence;
  if (found === undefined) return [];
  const { id, fingerprint } = found;
  if (id === sequence.id && fingerprint === sequenceFingerprint(sequence)) return [];
  const which = id === sequence.id ? `another version of ${id}` : `the sequence ${id}, not ${sequence.id}`;
  const message = `The plan was built by ${which}. ${sayRemedy(found, sequence)}`;
  return [{ code: 'other_sequence', path: 'sequence', message }];
}

function sayRemedy({ id }: StageExecutionPlan['sequence'], sequence: StageSequence): string {
  const name = sequenceNames.find((each) => sequences[each].id === id);
  if (id === sequence.id) return 'Build it again from its RunConfig.';
  if (name !== undefined)
    return `Verify it under that one (the option sequence: '${name}', --sequence ${name}), or build it again from its RunConfig.`;
  return 'That is none of ours: the planner that made it must verify it, or verifyStagePlan with its machine as the option sequence.';
}

function illegalEvents(plan: StageExecutionPlan, reading: SequenceReading, walk: Walk): PlanProblem {
  const position = walk.steps.length;
  const event = plan.events[position];
  const fault = event === undefined ? 'the events end' : `${quote(event)} was refused`;
  const message = `In ${sayState(reading, walk.state)} ${fault}; it leads to ${sayEvents(walk.offered)}.`;
  return { code: 'illegal_events', path: `events[${position}]`, message };
}

function fingerprintProblems(
  plan: StageExecutionPlan,
  fingerprint: string | undefined,
): readonly PlanProblem[] {
  if (fingerprint === undefined || planFingerprint(plan) === fingerprint) return [];
  return [
    {
      code: 'other_fingerprint',
      path: '',
      message: `The plan has changed: its fingerprint is ${planFingerprint(plan)}.`,
    },
  ];
}
