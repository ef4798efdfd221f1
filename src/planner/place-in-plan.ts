import { type Path, renderPath } from '../path.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';

/**
 * Where a plan says what a field of its run says: in the warning that the field has no effect, in the stage that the
 * section is about, or in the first stage that carries the field. Elsewhere: "stages".
 */
export function placeInPlan({ stages, warnings }: StageExecutionPlan, field: Path): string {
  const [section, ...rest] = field;
  const warned = warnings.findIndex(
    (warning) => warning.code === 'no_effect' && startsWith(renderPath(field), warning.field),
  );
  if (warned !== -1) return `warnings[${warned}]`;
  const own = stages.findIndex(({ stage_type }) => stage_type === section);
  if (own !== -1) return renderPath(['stages', own, 'stage_config', ...rest]);
  const carrying = stages.findIndex(({ stage_config }) => Object.hasOwn(stage_config, String(section)));
  return carrying === -1 ? 'stages' : renderPath(['stages', carrying, 'stage_config', ...field]);
}

function startsWith(field: string, prefix: string): boolean {
  return field === prefix || (field.startsWith(prefix) && /^[.[]/.test(field.slice(prefix.length)));
}
