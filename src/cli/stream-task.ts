import type { Command } from 'commander';
import { buildStagePlan } from '../planner/build-stage-plan.ts';
import { stagePlanJsonSchema } from '../planner/json-schemas.ts';
import { fieldProblems, type Schema, schemaLike } from './check-printed-fields.ts';
import { lineAnswerer } from './line-answerers.ts';
import type { LineFlags } from './line-flags.ts';
import type { LineTask } from './line-task.ts';
import { plainLooks } from './look.ts';

/** The task of a command whose flags ask for a stream. null: they ask for none. Ends the command where they do not fit. */
export async function streamTask(
  command: Command,
  flags: LineFlags,
  task: LineTask,
): Promise<LineTask | null> {
  const { ndjson, fields } = flags;
  if (ndjson !== true) {
    const alone = (['jobs', 'resumeAfter', 'fields'] as const).find((name) => flags[name] !== undefined);
    const option = command.options.find((each) => each.attributeName() === alone);
    if (option !== undefined) command.error(`error: ${option.long} goes with --ndjson`);
    return null;
  }
  if (fields === undefined) return task;
  const problems = fieldProblems(fields, await schemaOfAnswers(task));
  if (problems.length > 0) command.error(problems.map((problem) => `error: ${problem}`).join('\n'));
  return { ...task, fields };
}

/** Ends the command where files are named beside a stream of standard input. */
export function refuseFiles(command: Command, files: readonly string[]): void {
  if (files.some((file) => file !== '-'))
    command.error('error: --ndjson reads standard input and takes no files');
}

const run = { txt2img_enabled: true, model: 'model.safetensors', prompt: 'a lighthouse', seed: 1 };
const infotext = 'a lighthouse\nSteps: 20, Sampler: Euler a, Seed: 1, Size: 512x512';

/** What answers look like: plans have a schema, and of others a small one shows the fields. */
async function schemaOfAnswers(task: LineTask): Promise<Schema> {
  const source = { name: 'a run', place: { line: 1 }, looks: plainLooks };
  const sampleOf = async (asked: LineTask, text: string) =>
    schemaLike((await lineAnswerer(asked)).line(text, source).data);
  switch (task.verb) {
    case 'build':
      return stagePlanJsonSchema();
    case 'import':
      return sampleOf({ verb: 'import', flags: {} }, JSON.stringify(infotext));
    case 'verify': {
      const { sequence } = task.flags;
      return sampleOf(
        { verb: 'verify', flags: { sequence } },
        JSON.stringify(buildStagePlan(run, { sequence })),
      );
    }
    default:
      return sampleOf(task, JSON.stringify(run));
  }
}
