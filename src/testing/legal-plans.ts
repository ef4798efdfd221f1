import { parseRunConfig } from '../config/parse-run-config.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { buildStagePlan } from '../planner/build-stage-plan.ts';
import { legalStageOrders } from '../route/stage-order.ts';
import { switchOf } from '../route/wanted-events.ts';
import type { SequenceOptions } from '../sequence/options.ts';
import { planFinished } from '../sequence/sequence.ts';

/** A word of the sequence, a small config that asks for it, and the plan of that config. */
export interface LegalPlan<Plan = StageExecutionPlan> {
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

const settings = {
  input_image: 'photo.png',
  prompt: 'a lighthouse on a cliff at dusk',
  model: 'sd_xl_base_1.0.safetensors',
  width: 1024,
  height: 1024,
  refiner_model_name: 'sd_xl_refiner_1.0.safetensors',
};

/**
 * One plan for every word of a sequence: all that a runner has to handle.
 *
 * `build` is that of a planner with stages of one's own; without it, `buildStagePlan`.
 *
 * @example
 * for (const { plan } of legalPlans()) await myRunner.dryRun(plan);
 */
export function legalPlans(options?: SequenceOptions): readonly LegalPlan[];
export function legalPlans<Plan>(
  options: SequenceOptions,
  build: (config: LegalPlan['config'], options: SequenceOptions) => Plan,
): readonly LegalPlan<Plan>[];
export function legalPlans(
  options: SequenceOptions = {},
  build: (config: LegalPlan['config'], options: SequenceOptions) => unknown = (config, policies) =>
    buildStagePlan(parseRunConfig(config), policies),
): readonly LegalPlan<unknown>[] {
  return legalStageOrders(options).map(({ events }) => {
    const wanted = events.filter((event) => event !== planFinished);
    const config = { ...settings, ...Object.fromEntries(wanted.map((event) => [switchOf(event), true])) };
    return { events, config, plan: build(config, options) };
  });
}
