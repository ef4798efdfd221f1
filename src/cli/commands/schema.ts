import { Argument, type Command } from 'commander';
import { runConfigJsonSchema, stagePlanJsonSchema } from '../../planner/json-schemas.ts';
import type { Io } from '../io.ts';
import { toJson, withOutputFile } from '../output.ts';

const schemas = { 'run-config': runConfigJsonSchema, plan: stagePlanJsonSchema } as const;

/** `stageplan schema`: the JSON Schemas that editors check by. */
export function addSchema(program: Command, io: Io): void {
  withOutputFile(program.command('schema'))
    .description('print a JSON Schema')
    .addArgument(new Argument('<name>', 'which schema').choices(Object.keys(schemas)))
    .action(async (name: keyof typeof schemas) => io.out(toJson(schemas[name](), {})));
}
