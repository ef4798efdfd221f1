import * as z from 'zod';
import { RunConfig } from '../config/run-config.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';

type JSONSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema (draft 2020-12) of a RunConfig as a person writes it, for editors. Its `$id` is the name of the file in `schemas/`. */
export function runConfigJsonSchema(): JSONSchema {
  return { $id: 'run-config.schema.json', ...jsonSchema('RunConfig', RunConfig, 'input') };
}

/** The JSON Schema (draft 2020-12) of a plan. Its `$id` is the name of the file in `schemas/`. */
export function stagePlanJsonSchema(): JSONSchema {
  return {
    $id: 'stage-execution-plan.schema.json',
    ...jsonSchema('StageExecutionPlan', StageExecutionPlan, 'output'),
  };
}

/** The JSON Schema of what a schema takes, or of what it gives. */
export function jsonSchema(title: string, schema: z.ZodType, io: 'input' | 'output'): JSONSchema {
  return { title, ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
}
