import { z } from 'zod';
import { RunConfig } from '../config/run-config.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';

/** The JSON Schema (draft 2020-12) of a RunConfig as a person writes it, for editors. */
export function runConfigJsonSchema(): z.core.JSONSchema.JSONSchema {
  return inputJsonSchema('RunConfig', RunConfig);
}

/** The JSON Schema (draft 2020-12) of a plan. */
export function stagePlanJsonSchema(): z.core.JSONSchema.JSONSchema {
  return outputJsonSchema('StageExecutionPlan', StageExecutionPlan);
}

/** The JSON Schema of what a schema takes. */
export function inputJsonSchema(title: string, schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  return { title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) };
}

/** The JSON Schema of what a schema gives. */
export function outputJsonSchema(title: string, schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  return { title, ...z.toJSONSchema(schema, { unrepresentable: 'any' }) };
}
