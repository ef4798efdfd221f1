import type { RunConfigInput } from '../config/run-config.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { buildStagePlan } from '../planner/build-stage-plan.ts';
import { legalStageOrders } from '../route/stage-order.ts';
import { planFinished, switchOf } from '../sequence/events.ts';
import type { PolicyOptions, SequenceOptions } from '../sequence/options.ts';
import type { WayCount } from '../sequence/ways.ts';

/** An order of the sequence, a small config that asks for it, and the plan of that config. */
export interface LegalPlan<Plan = StageExecutionPlan> {
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

/** Every legal plan, made one after the other as they are asked for; how many there are is known before. */
export interface LegalPlans<Plan = StageExecutionPlan> extends WayCount, Iterable<LegalPlan<Plan>> {}

const settings = {
  input_image: 'photo.png',
  prompt: 'a lighthouse on a cliff at dusk',
  model: 'sd_xl_base_1.0.safetensors',
  width: 1024,
  height: 1024,
  refiner_model_name: 'sd_xl_refiner_1.0.safetensors',
} satisfies RunConfigInput;

/**
 * One plan for every order of a sequence: all that a runner has to handle.
 *
 * `build` is that of a planner with stages of one's own, which has its sequence already and gets the policies only;
 * without it, `buildStagePlan`.
 *
 * @example
 * for (const { plan } of legalPlans()) await myRunner.dryRun(plan);
 */
export function legalPlans(options?: SequenceOptions): LegalPlans;
export function legalPlans<Plan>(
  options: SequenceOptions,
  build: (config: LegalPlan['config'], options: PolicyOptions) => Plan,
): LegalPlans<Plan>;
export function legalPlans<Plan>(
  options: SequenceOptions = {},
  build?: (config: LegalPlan['config'], options: PolicyOptions) => Plan,
): LegalPlans<Plan> {
  const orders = legalStageOrders(options);
  const { sequence: _, ...policies } = options;
  // Without `build` the plans are those of buildStagePlan, as the first signature says.
  const planOf = (config: LegalPlan['config']) =>
    build === undefined ? (buildStagePlan(config, options) as Plan) : build(config, policies);
  return {
    count: orders.count,
    at_least: orders.at_least,
    *[Symbol.iterator]() {
      for (const { events } of orders) {
        const wanted = events.filter((event) => event !== planFinished);
        const config = {
          ...settings,
          ...Object.fromEntries(wanted.map((event) => [switchOf(event), true])),
        };
        yield { events, config, plan: planOf(config) };
      }
    },
  };
}
