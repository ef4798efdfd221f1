import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { moreLines } from '../listed.ts';
import { flagWords } from '../names/policy-flags.ts';
import type { TooMuchWorkError } from '../plan/too-much-work-error.ts';
import type { Fixes } from '../route/fixes.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import type { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { InvalidSweepError } from '../sweep/invalid-sweep-error.ts';
import { visible } from '../visible.ts';
import type { InputError } from './input-error.ts';
import { complaintHeading, hanging, lines, paint, wrong } from './layout.ts';
import type { Look } from './look.ts';

/** Why an input gave no plan. */
export type Refusal =
  | InvalidRunConfigError
  | InvalidStagePlanError
  | InvalidOptionsError
  | InvalidSweepError
  | TooMuchWorkError
  | InputError;

interface Said {
  readonly message: string;
}

/** A refusal for people: every problem, then every way to mend it. */
export function renderRefusal(file: string, error: Refusal, look: Look): string {
  const refused = (words: string, problems: readonly Said[], more = 0) => [
    complaintHeading(file, words, look),
    ...problemLines(problems, look, more),
  ];
  if (error instanceof InvalidRunConfigError)
    return lines(refused('is not a valid RunConfig.', error.problems, error.more));
  if (error instanceof InvalidStagePlanError)
    return lines([
      ...refused('has no legal stage plan.', error.rejections, error.more),
      ...fixLines(error, look),
    ]);
  if (error instanceof InvalidSweepError)
    return lines(refused('cannot be swept like that.', error.problems, error.more));
  return lines(refused('cannot be used.', [error]));
}

/** A refusal as data. */
export function refusalData(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, ...fields } = error;
  return { name, message, ...fields };
}

/** Each problem behind a mark, and a line for those that are not listed. */
export function problemLines(problems: readonly Said[], look: Look, more = 0): readonly string[] {
  const lead = `  ${paint('red', wrong, look)} `;
  const listed = problems.map(({ message }) => hanging(lead, visible(message), look));
  return [...listed, ...moreLines(more).map((line) => `    ${line}`)];
}

/** A heading and each fix, or nothing where there is none. */
export function fixLines({ fixes, fix_count }: Fixes, look: Look): readonly string[] {
  if (fixes.length === 0) return [];
  const more = fix_count.count - fixes.length;
  return [
    '',
    paint('bold', 'To fix it, one of:', look),
    ...fixes.map(({ message, options }) => {
      const flags = Object.keys(options).map((name) => ` --${flagWords(name)}`);
      const said = `${visible(message)}${flags.length === 0 ? '' : `:${flags.join('')}`}`;
      return hanging(`  ${paint('green', '>', look)} `, said, look);
    }),
    ...(more > 0 ? [`  and ${fix_count.at_least ? 'at least ' : ''}${more} more`] : []),
  ];
}
