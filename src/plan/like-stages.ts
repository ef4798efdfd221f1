import { backendOptionsKey, type LikeSections, noLikeSections } from '../config/like-sections.ts';
import type { RunConfig } from '../config/run-config.ts';
import { type StageConfig, stageConfig } from './stage-config.ts';
import type { StageContext } from './stages/stage-fields.ts';

/** The known stages that a stage of one's own can be like: those that work on an image. */
export type LikeType = keyof LikeSections;

/** Their names. */
export const likeTypes: readonly string[] = Object.keys(noLikeSections);

/** The config of a stage that is like a known one: that of the known one, made of the settings under its own name. */
export function likeConfig(
  stage: string,
  like: LikeType,
  run: RunConfig,
  context: StageContext,
): StageConfig | undefined {
  const own = {
    ...run,
    [like]: Reflect.get(run, stage),
    [backendOptionsKey(like)]: Reflect.get(run, backendOptionsKey(stage)),
  };
  return stageConfig(like, own, context);
}
