import type { z } from 'zod';

/** The sections of a run that a stage of one's own can have under its own name, each with the names of those stages. */
export interface LikeSections {
  readonly img2img: readonly string[];
  readonly upscale: readonly string[];
  readonly adetailer: readonly string[];
}

/** A stage and the section that its settings are like. */
interface LikeSection {
  readonly stage_type: string;
  readonly like: keyof LikeSections;
}

/** The sections of a run that has no stage of one's own. */
export const noLikeSections: LikeSections = { img2img: [], upscale: [], adetailer: [] };

/** Which stages have a section like which. */
export function likeSections(stages: readonly LikeSection[]): LikeSections {
  const like = (section: keyof LikeSections) =>
    stages.filter((stage) => stage.like === section).map(({ stage_type }) => stage_type);
  return { img2img: like('img2img'), upscale: like('upscale'), adetailer: like('adetailer') };
}

/** The key of a stage's backend options, where they stand beside its section and not in it. */
export function backendOptionsKey(stage: string): string {
  return `${stage}_backend_options`;
}

/** The stage that a field of a run is stated for. */
export function stageOfField(field: string): string {
  return field.replace(/(?:\..*|_backend_options)$/s, '');
}

/** The fields that a run has for a stage that is like a known one: those of the known one, under its own name. */
export function likeFields(
  { stage_type, like }: LikeSection,
  shape: Readonly<Record<string, z.ZodType>>,
): Readonly<Record<string, z.ZodType>> {
  const fields = [
    [stage_type, shape[like]],
    [backendOptionsKey(stage_type), shape[backendOptionsKey(like)]],
  ] as const;
  return Object.fromEntries(fields.flatMap(([key, field]) => (field === undefined ? [] : [[key, field]])));
}
