import type { z } from 'zod';
import type { LikeType } from '../plan/like-stages.ts';
import { switchNamed } from '../sequence/events.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';

interface Definition<Type extends string> {
  /** The X of the event `stage.X`, and the key of its settings in a RunConfig. */
  readonly stage_type: Type;
  /** The key of its switch in a RunConfig. Always `X_enabled`: one rule ties every switch to its event. */
  readonly switch: `${Type}_enabled`;
}

/** A stage with settings of its own. */
export interface SettingsDefinition<Type extends string = string, Settings extends z.ZodObject = z.ZodObject>
  extends Definition<Type> {
  /** Whether it gives images of the size that it takes. Default: false, and the sizes behind it are unknown. */
  readonly keeps_size?: boolean;
  /** Its settings. Every field needs a default, and what the schema gives it must take again. */
  readonly settings: Settings;
}

/** A stage that does the work of a known one once more, with the settings that the known one has. */
export interface LikeDefinition<Type extends string = string, Like extends LikeType = LikeType>
  extends Definition<Type> {
  /** The known stage. */
  readonly like: Like;
}

/** A stage of one's own: its type, the switch that asks for it, and its settings or the known stage that it is like. */
export type StageDefinition = SettingsDefinition | LikeDefinition;

type WithoutSwitch<Each extends StageDefinition> = Omit<Each, 'switch'> & Partial<Pick<Each, 'switch'>>;

/**
 * Defines a stage of one's own, for {@link definePlanner}.
 *
 * @throws {InvalidOptionsError} when there is no stage_type to make the switch of.
 * @example
 * defineStage({ stage_type: 'second_detail', like: 'adetailer' });
 * defineStage({
 *   stage_type: 'interpolate',
 *   settings: z.strictObject({ frames: z.int().min(2).max(64).default(8) }),
 * });
 */
export function defineStage<const Type extends string, Settings extends z.ZodObject>(
  definition: WithoutSwitch<SettingsDefinition<Type, Settings>>,
): SettingsDefinition<Type, Settings>;
export function defineStage<const Type extends string, const Like extends LikeType>(
  definition: WithoutSwitch<LikeDefinition<Type, Like>>,
): LikeDefinition<Type, Like>;
export function defineStage(definition: WithoutSwitch<StageDefinition>): StageDefinition {
  if (typeof Object(definition).stage_type !== 'string')
    throw new InvalidOptionsError([
      {
        option: 'stage_type',
        message: 'stage_type must be the name of the stage: defineStage({ stage_type: ... }).',
      },
    ]);
  // The rule that makes the switch of the name is one of text, which tsc cannot follow through a spread.
  return { switch: switchNamed(definition.stage_type), ...definition } as StageDefinition;
}
