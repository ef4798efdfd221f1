import { pathKey, renderPath } from '../config/config-problems.ts';
import { planFingerprint, sequenceFingerprint } from '../plan/fingerprint.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { deepFreeze } from '../readonly.ts';
import { sayEvents } from '../route/sentences.ts';
import { resolveSequence, type SequenceOptions } from '../sequence/options.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { follow, type Walk } from '../sequence/walk.ts';
import { knownStages, type StageCatalog } from './catalog.ts';
import { type PlanProblem, planProblems } from './plan-problems.ts';

export interface VerifyOptions extends SequenceOptions {
  /** What {@link planFingerprint} gave for the plan as it was built. With it, no change at all goes unseen. */
  readonly fingerprint?: string;
}

export type PlanVerdict =
  | { readonly valid: true; readonly plan: StageExecutionPlan; readonly problems: readonly [] }
  | { readonly valid: false; readonly problems: readonly PlanProblem[] };

/**
 * Verifies a plan of unknown origin: replays its events and stages through the sequence, and says what does not agree.
 *
 * Pure, throws nothing. The policies are the verifier's own: a plan that starts from an existing image is refused under
 * `externalInput: false`. A setting changed within its bounds, say `steps`, shows only against `fingerprint`.
 */
export function verifyStagePlan(plan: unknown, options: VerifyOptions = {}): PlanVerdict {
  return verifyWith(knownStages, plan, options);
}

/** Verifies a plan with the stages of a catalog. */
export function verifyWith(catalog: StageCatalog, plan: unknown, options: VerifyOptions): PlanVerdict {
  const parsed = catalog.StageExecutionPlan.safeParse(plan);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      malformed(renderPath(path.map(pathKey)), message),
    );
    return { valid: false, problems };
  }
  const verified: StageExecutionPlan = deepFreeze(structuredClone(parsed.data));
  const problems = problemsOf(verified, options);
  return problems.length === 0 ? { valid: true, plan: verified, problems: [] } : { valid: false, problems };
}

function problemsOf(plan: StageExecutionPlan, options: VerifyOptions): readonly PlanProblem[] {
  const { sequence, policies } = resolveSequence(options);
  const elsewhere = otherSequence(plan, sequence);
  if (elsewhere.length > 0) return elsewhere;
  const walk = follow(sequence, policies, plan.events);
  if (!walk.complete || walk.steps.length < plan.events.length) return [illegalEvents(plan, walk)];
  return [...planProblems(plan, sequence, walk), ...fingerprintProblems(plan, options.fingerprint)];
}

function malformed(path: string, message: string): PlanProblem {
  return { code: 'malformed_plan', path, message: `${path || 'The plan'} is malformed: ${message}.` };
}

function otherSequence(plan: StageExecutionPlan, sequence: StageSequence): readonly PlanProblem[] {
  const { id, fingerprint } = plan.sequence;
  if (id === sequence.id && fingerprint === sequenceFingerprint(sequence)) return [];
  const which = id === sequence.id ? `another version of ${id}` : `the sequence ${id}, not ${sequence.id}`;
  return [
    {
      code: 'other_sequence',
      path: 'sequence',
      message: `The plan was built by ${which}. Build it again from its RunConfig.`,
    },
  ];
}

function illegalEvents(plan: StageExecutionPlan, walk: Walk): PlanProblem {
  const position = walk.steps.length;
  const event = plan.events[position];
  const fault = event === undefined ? 'the events end' : `${event} was refused`;
  const message = `In ${walk.state} ${fault}; it leads to ${sayEvents(walk.offered)}.`;
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
