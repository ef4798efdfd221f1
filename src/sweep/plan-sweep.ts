import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import type { RunConfigInput } from '../config/run-config.ts';
import type { JsonValue } from '../json.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { planOfRun, type StagePlanResult, safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import { routeParsed } from '../planner/route-run.ts';
import { knownStages } from '../planner/stage-catalog.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import {
  type OptionRules,
  orderRule,
  type PlanOptions,
  policyRules,
  readingOf,
  routeOptionsOf,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import { type Axis, type SweepAxis, type SweepMode, sweepModes } from './axes.ts';
import { checkAxes } from './check-axes.ts';
import { type Combination, combinationAt, countCombinations } from './combinations.ts';
import { runsOfParts } from './runs-of-parts.ts';
import { withFields } from './set-field.ts';

/** What plans the combinations: a planner of one's own. */
export interface SweepPlanner<Plan> {
  readonly safeBuildStagePlan: (run: unknown, options?: PlanOptions) => StagePlanResult<Plan>;
}

export interface SweepOptions<Plan = StageExecutionPlan> extends PlanOptions {
  /** How axes are combined. Default: 'grid'. */
  readonly mode?: SweepMode | undefined;
  /** What plans the combinations. Default: the library, by the other options. */
  readonly planner?: SweepPlanner<Plan> | undefined;
}

/** One combination of a sweep: its values by the names of their axes, and its plan, or why it has none. */
export interface SweptPlan<Plan = StageExecutionPlan> {
  /** Its place in the sweep, counted from 0. */
  readonly index: number;
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly result: StagePlanResult<Plan>;
}

/** The combinations of a sweep, planned one after the other as they are asked for; how many there are is known before. */
export interface Sweep<Plan = StageExecutionPlan> extends Iterable<SweptPlan<Plan>> {
  readonly count: number;
}

/**
 * Plans a run once for each combination of the values of some axes.
 *
 * Pure, and lazy: a combination is planned when it is asked for, from what `base` and `axes` are then, and none is kept.
 * Each plan says its values in `metadata.sweep`. A combination that has no plan is given with its error, never left out.
 *
 * @throws {InvalidSweepError} when the axes are wrong: an unknown field, a field that two axes set, an empty range.
 * @throws {InvalidRunConfigError} when the base is no RunConfig at all: no object, or another document.
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 * @example
 * const axes = [{ field: 'hires_denoise', range: { from: 0.2, to: 0.5, step: 0.1 } }];
 * planSweep({ txt2img_enabled: true, hires_enabled: true }, axes).count; // 4
 */
export function planSweep<Plan = StageExecutionPlan>(
  base: RunConfigInput,
  axes: readonly SweepAxis[],
  options: SweepOptions<Plan> = {},
): Sweep<Plan> {
  const { mode = 'grid', planner, ...planOptions } = takeOptions(options, rules);
  // Without a planner of the caller's own, Plan is what the library builds.
  const builder = planner ?? ({ safeBuildStagePlan } as unknown as SweepPlanner<Plan>);
  const build = (run: unknown) => builder.safeBuildStagePlan(run, planOptions);
  const first = build(base);
  if (!first.success && isUnusable(first.error)) throw first.error;
  const checked = checkAxes(base, axes, mode, (run) => {
    const result = build(run);
    return !result.success && result.error instanceof InvalidRunConfigError ? result.error.problems : [];
  });
  const count = countCombinations(
    mode,
    checked.map(({ values }) => values.length),
  );
  const planParts =
    planner === undefined && mode === 'grid' && axes.length > 1
      ? partPlanner<Plan>(base, checked, planOptions)
      : undefined;
  return {
    count,
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index += 1) {
        const combination = combinationAt(checked, mode, index);
        const result = planParts?.(combination) ?? build(runOf(base, combination));
        yield { index, values: combination.values, result };
      }
    },
  };
}

const rules: OptionRules = {
  ...sequenceRule,
  ...policyRules,
  ...orderRule,
  mode: {
    must: `one of ${sweepModes.join(', ')}`,
    takes: (value) => sweepModes.some((mode) => mode === value),
  },
  planner: {
    must: 'a planner, as definePlanner makes it',
    takes: (value) => typeof Object(value).safeBuildStagePlan === 'function',
  },
};

/** Whether no combination can have a plan whatever its values are: the options are wrong, or the base is no RunConfig at all. */
function isUnusable(error: Error): boolean {
  if (!(error instanceof InvalidRunConfigError)) return error instanceof InvalidOptionsError;
  return error.problems.some(({ path }) => path.length === 0);
}

/** A metadata that is no object stays as it is, and is complained of in the result. */
function runOf(base: object, { chosen, values }: Combination): object {
  return withFields(base, [...chosen.flatMap(({ fields }) => fields), ['metadata.sweep', values]]);
}

/** Plans combinations whose values were validated one by one. undefined: a combination, or any, has to be validated as a whole. */
function partPlanner<Plan>(base: object, axes: readonly Axis[], options: PlanOptions) {
  const runOfParts = runsOfParts(base, axes);
  if (runOfParts === undefined) return undefined;
  const reading = readingOf(options);
  const routeOptions = routeOptionsOf(options);
  return (combination: Combination): StagePlanResult<Plan> | undefined => {
    const run = runOfParts(combination);
    if (run === undefined) return undefined;
    // Without a planner of the caller's own, Plan is what the library builds.
    return planOfRun(routeParsed(knownStages, reading, run, routeOptions)) as StagePlanResult<Plan>;
  };
}
