import * as z from 'zod';
import { quote } from '../path.ts';
import { likeTypes } from '../plan/like-stages.ts';
import { isStageType } from '../plan/stage-config.ts';
import type { PlanProblem } from './plan-problems.ts';

const Any = z.unknown().optional();
const Kind = z.object({
  stage_type: Any,
  like: Any,
  stage_config: z.object({ stage_type: Any }).catch({ stage_type: undefined }),
});
const Stages = z.object({ stages: z.array(z.unknown()) });

/**
 * The stages of a plan of unknown shape that are not of one kind: a stage says it by its place in the events, its
 * `stage_type`, its `like` and its config. Each is told once, by its index; its other faults only follow.
 *
 * `walked`: the types of the stages that the events lead through, as far as they do. `known`: whether a type has a
 * definition.
 */
export function mixedStages(
  plan: unknown,
  walked: readonly string[],
  known: (stage_type: string) => boolean,
): ReadonlyMap<number, PlanProblem> {
  const stages = Stages.safeParse(plan).data?.stages ?? [];
  return new Map(
    stages.flatMap((stage, index) => {
      const kind = Kind.safeParse(stage).data;
      const problem = kind === undefined ? undefined : mixed(`stages[${index}]`, kind, walked[index], known);
      return problem === undefined ? [] : [[index, problem] as const];
    }),
  );
}

function mixed(
  path: string,
  { stage_type, like, stage_config }: z.output<typeof Kind>,
  walked: string | undefined,
  known: (stage_type: string) => boolean,
): PlanProblem | undefined {
  const is = (field: string, found: unknown, should: string): PlanProblem => ({
    code: 'malformed_plan',
    path: `${path}.${field}`,
    message: `${path}.${field} is ${found === undefined ? 'missing' : quote(found)}, but by the rest of the plan it is ${should}.`,
  });
  const type = walked ?? stage_type;
  if (typeof type !== 'string') return undefined;
  if (stage_type !== type) return is('stage_type', stage_type, quote(type));
  const config = stage_config.stage_type;
  if (isStageType(type)) {
    if (like !== undefined) return is('like', like, 'left out');
    return config === type ? undefined : is('stage_config.stage_type', config, quote(type));
  }
  if (isLike(config)) return like === config ? undefined : is('like', like, quote(config));
  const should = isLike(like) ? like : type;
  if (config !== should) return is('stage_config.stage_type', config, quote(should));
  if (known(type)) return undefined;
  const message = `${type} is a stage of one's own with settings, which only the planner that made the plan can verify: call verifyStagePlan of what definePlanner gave.`;
  return { code: 'malformed_plan', path, message };
}

function isLike(type: unknown): type is string {
  return likeTypes.some((known) => known === type);
}
