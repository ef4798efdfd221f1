import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import type { RunConfigInput } from '../config/run-config.ts';
import type { JsonValue } from '../json.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { type StagePlanResult, safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import {
  type OptionRules,
  orderRule,
  type PlanOptions,
  sequenceRules,
  takeOptions,
} from '../sequence/options.ts';
import { type Axis, type AxisValue, type SweepAxis, type SweepMode, sweepModes } from './axes.ts';
import { checkAxes } from './check-axes.ts';
import { countCombinations, placesIn } from './combinations.ts';
import { withField } from './set-field.ts';

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
  const sizes = checked.map(({ values }) => values.length);
  const count = countCombinations(mode, sizes);
  return {
    count,
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index += 1) {
        const chosen = chosenAt(checked, placesIn(mode, sizes, index));
        const values = Object.fromEntries(chosen.map(({ name, value }) => [name, value]));
        yield { index, values, result: build(runWith(base, chosen, values)) };
      }
    },
  };
}

const rules: OptionRules = {
  ...sequenceRules,
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

/** The values of one combination, by their axes. */
type Chosen = readonly (AxisValue & { readonly name: string })[];

function chosenAt(axes: readonly Axis[], places: readonly number[]): Chosen {
  return axes.flatMap(({ name, values }, axis) =>
    values.slice(places[axis], Number(places[axis]) + 1).map((value) => ({ name, ...value })),
  );
}

/** A metadata that is no object stays as it is, and is complained of in the result. */
function runWith(base: object, chosen: Chosen, values: SweptPlan['values']): object {
  const fields = [...chosen.flatMap((value) => value.fields), ['metadata.sweep', values] as const];
  return fields.reduce((run, [field, value]) => withField(run, field, value) ?? run, base);
}
