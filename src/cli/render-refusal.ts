import { styleText } from 'node:util';
import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import type { Fixes } from '../route/fixes.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import type { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { InvalidSweepError } from '../sweep/invalid-sweep-error.ts';
import { visible } from '../visible.ts';
import type { InputError } from './input-error.ts';
import { flagWords } from './plan-flags.ts';

/** Why an input gave no plan. */
export type Refusal =
  | InvalidRunConfigError
  | InvalidStagePlanError
  | InvalidOptionsError
  | InvalidSweepError
  | InputError;

interface Said {
  readonly message: string;
}

/** A refusal for people: every problem, then every way to mend it. */
export function renderRefusal(file: string, error: Refusal, color: boolean): string {
  const name = paint('bold', file, color);
  if (error instanceof InvalidRunConfigError) {
    return lines([`${name} is not a valid RunConfig.`, ...problemLines(error.problems, color)]);
  }
  if (error instanceof InvalidStagePlanError) {
    const reasons = problemLines(error.rejections, color);
    return lines([`${name} has no legal stage plan.`, ...reasons, ...fixLines(error, color)]);
  }
  if (error instanceof InvalidSweepError)
    return lines([`${name} cannot be swept like that.`, ...problemLines(error.problems, color)]);
  return lines([`${name} cannot be used.`, ...problemLines([error], color)]);
}

/** A refusal as data. */
export function refusalData(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, ...fields } = error;
  return { name, message, ...fields };
}

/** One line for each problem. */
export function problemLines(problems: readonly Said[], color = false): readonly string[] {
  return problems.map(({ message }) => `  ${paint('red', 'x', color)} ${visible(message)}`);
}

/** A heading and one line for each fix, or nothing where there is none. */
export function fixLines({ fixes, fix_count }: Fixes, color = false): readonly string[] {
  if (fixes.length === 0) return [];
  const more = fix_count.count - fixes.length;
  return [
    '',
    'To fix it, one of:',
    ...fixes.map(({ message, options }) => {
      const flags = Object.keys(options).map((name) => ` --${flagWords(name)}`);
      return `  ${paint('green', '>', color)} ${visible(message)}${flags.length === 0 ? '' : `:${flags.join('')}`}`;
    }),
    ...(more > 0 ? [`  and ${fix_count.at_least ? 'at least ' : ''}${more} more`] : []),
  ];
}

/** Lines as text that ends with a line break. */
export function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

function paint(format: 'red' | 'green' | 'bold', text: string, color: boolean): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}
