import { isPlainObject, type JsonValue } from '../../json.ts';
import type { StageExecution } from '../../plan/stage-execution-plan.ts';

/** One setting of a plan: its name, "txt2img.seed" or "adetailer.detectors[0].model", and its value. */
export interface PlannedSetting {
  readonly stage_id: string;
  readonly name: string;
  /** The last key of its name: "seed". */
  readonly key: string;
  readonly value: JsonValue;
}

/** What of a stage's config is no setting: what it is called, and what is on. */
const bookkeeping = /^(stage_type|enabled|size_from|backend_options|\w+_enabled)$/;

/**
 * Every setting of a stage that says something: what is null is left open. The existing image is one as well, and the seed
 * of a later stage, which is that of the image that it takes.
 */
export function plannedSettings(
  { id, stage_type, stage_config, input }: StageExecution,
  seed: number,
): readonly PlannedSetting[] {
  const config = Object.entries(stage_config).filter(([key]) => !bookkeeping.test(key));
  const image = input.source === 'external' ? { image: input.image } : {};
  return leaves(stage_type, '', { ...image, ...Object.fromEntries(config), seed }).map((leaf) => ({
    stage_id: id,
    ...leaf,
  }));
}

type Leaf = Omit<PlannedSetting, 'stage_id'>;

function leaves(name: string, key: string, value: unknown): readonly Leaf[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(`${name}[${index}]`, key, item));
  if (isPlainObject(value))
    return Object.entries(value).flatMap(([inner, item]) => leaves(`${name}.${inner}`, inner, item));
  // A plan is JSON, so that what is neither a list nor an object is one of its simple values.
  return [{ name, key, value: value as JsonValue }];
}
