import type { z } from 'zod';

/** A stage of one's own: its type, the switch that asks for it, and the schema of its settings. */
export interface StageDefinition<Type extends string = string, Settings extends z.ZodObject = z.ZodObject> {
  /** The X of the event `stage.X`, and the key of its settings in a RunConfig. */
  readonly stage_type: Type;
  /** The key of its switch in a RunConfig. Always `X_enabled`: one rule ties every switch to its event. */
  readonly switch: `${Type}_enabled`;
  /** Whether it gives images of the size that it takes. Default: false, and the sizes behind it are unknown. */
  readonly keeps_size?: boolean;
  /** Its settings. Every field needs a default, and what the schema gives it must take again. */
  readonly settings: Settings;
}

/**
 * Defines a stage of one's own, for {@link definePlanner}.
 *
 * @example
 * defineStage({
 *   stage_type: 'interpolate',
 *   switch: 'interpolate_enabled',
 *   settings: z.strictObject({ frames: z.int().min(2).max(64).default(8) }),
 * });
 */
export function defineStage<Type extends string, Settings extends z.ZodObject>(
  definition: StageDefinition<Type, Settings>,
): StageDefinition<Type, Settings> {
  return definition;
}
