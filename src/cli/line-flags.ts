import { type Command, InvalidArgumentError, Option } from 'commander';

/** The flags of commands that answer a stream. */
export interface LineFlags {
  readonly ndjson?: boolean;
  readonly jobs?: number;
  readonly resumeAfter?: number;
  readonly fields?: readonly string[];
}

/** More threads than any machine has a use for. */
const mostJobs = 256;

/** Adds the flags of a stream to a command. `reads` says what it reads and prints. */
export function withLineFlags(command: Command, reads: string): Command {
  return command
    .addOption(new Option('--ndjson', reads).conflicts('table'))
    .addOption(
      new Option('--jobs <count>', 'with --ndjson: how many threads work; needs piscina').argParser((text) =>
        numberIn(text, 1, mostJobs),
      ),
    )
    .addOption(
      new Option('--resume-after <count>', 'with --ndjson: how many are done already').argParser((text) =>
        numberIn(text, 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(
      new Option(
        '--fields <names>',
        'with --ndjson: all that is printed of each, such as fingerprint,stages.seed',
      ).argParser(fieldsIn),
    );
}

function numberIn(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
}

function fieldsIn(text: string): readonly string[] {
  const fields = text.split(',').map((field) => field.trim());
  if (!fields.includes('')) return fields;
  throw new InvalidArgumentError('It must be names with commas between: fingerprint,stages.stage_type.');
}
