import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { moreLines } from '../listed.ts';
import { flagWords } from '../names/policy-flags.ts';
import type { TooMuchWorkError } from '../plan/too-much-work-error.ts';
import type { Fixes } from '../route/fixes.ts';
import type { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { sayAdvice, sayPlace } from '../route/sentences.ts';
import type { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { InvalidSweepError } from '../sweep/invalid-sweep-error.ts';
import { visible } from '../visible.ts';
import { InputError } from './input-error.ts';
import { hanging, lines, paint, verdict, wrong } from './layout.ts';
import type { Look } from './look.ts';

/** Why an input gave no plan, beside that its run has none. */
export type Refusal =
  | InvalidRunConfigError
  | InvalidOptionsError
  | InvalidSweepError
  | TooMuchWorkError
  | InputError;

type Rejected = Fixes & Pick<InvalidStagePlanError, 'rejections' | 'more'>;

interface Said {
  readonly message: string;
}

/** A refusal for people: every problem behind a heading. */
export function renderRefusal(file: string, error: Refusal, look: Look): string {
  if (error instanceof InvalidRunConfigError) return lines(invalidLines(file, error, look));
  if (error instanceof InvalidSweepError)
    return lines(refusedLines(`${file} cannot be swept like that.`, error.problems, look, error.more));
  return lines(refusedLines(`${file} cannot be used${placeWords(error)}.`, [error], look));
}

/** Where a document breaks. */
function placeWords(error: Refusal): string {
  return error instanceof InputError && error.line !== null
    ? `: see line ${error.line}, column ${error.column}`
    : '';
}

/** A run without a plan for people: what to do, every way to mend it, and under "Why" where the walk ended. */
export function renderRejection(
  file: string,
  error: InvalidStagePlanError,
  reading: SequenceReading,
  look: Look,
): string {
  const places = placeLines(error, reading, look);
  return lines([
    ...rejectedLines(file, error, reading, look),
    ...(places.length === 0 ? [] : [...whyHeading(look), ...places]),
  ]);
}

/** What is wrong with a RunConfig. */
export function invalidLines(
  file: string,
  { problems, more }: Pick<InvalidRunConfigError, 'problems' | 'more'>,
  look: Look,
): readonly string[] {
  return refusedLines(`${file} is not a valid RunConfig.`, problems, look, more);
}

/** What to do about a run without a plan. */
export function rejectedLines(
  file: string,
  rejected: Rejected,
  reading: SequenceReading,
  look: Look,
): readonly string[] {
  const advice = rejected.rejections.map((rejection) => ({ message: sayAdvice(rejection, reading) }));
  return [...refusedLines(`${file} has no plan.`, advice, look, rejected.more), ...fixLines(rejected, look)];
}

/** The heading of how the machine sees it. */
export function whyHeading(look: Look): readonly string[] {
  return ['', paint('bold', 'Why', look)];
}

/** Where the walk through the machine ended. */
export function placeLines(
  { rejections }: Pick<Rejected, 'rejections'>,
  reading: SequenceReading,
  look: Look,
): readonly string[] {
  const places = new Set(rejections.flatMap((rejection) => sayPlace(rejection, reading) ?? []));
  return [...places].map((place) => hanging('  ', visible(place), look));
}

/** A heading that says what is refused, and each problem behind a mark. */
export function refusedLines(
  heading: string,
  problems: readonly Said[],
  look: Look,
  more = 0,
): readonly string[] {
  return [verdict(wrong, heading, look), ...problemLines(problems, look, more)];
}

/** A refusal as data. */
export function refusalData(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, ...fields } = error;
  return { name, message, ...fields };
}

/** Each problem behind a mark, and a line for those that are not listed. */
function problemLines(problems: readonly Said[], look: Look, more = 0): readonly string[] {
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
