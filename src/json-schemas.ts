import { z } from 'zod';
import { RunConfig } from './run-config.ts';
import { StageExecutionPlan } from './stage-execution-plan.ts';

/** The JSON Schema (draft 2020-12) of a RunConfig as a person writes it, for editors. */
export function runConfigJsonSchema(): z.core.JSONSchema.JSONSchema {
  return { title: 'RunConfig', ...z.toJSONSchema(RunConfig, { io: 'input', unrepresentable: 'any' }) };
}

/** The JSON Schema (draft 2020-12) of a plan. */
export function stagePlanJsonSchema(): z.core.JSONSchema.JSONSchema {
  return { title: 'StageExecutionPlan', ...z.toJSONSchema(StageExecutionPlan, { unrepresentable: 'any' }) };
}
