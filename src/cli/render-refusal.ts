import { styleText } from 'node:util';
import { InvalidRunConfigError } from '../errors/invalid-run-config-error.ts';
import { InvalidStagePlanError } from '../errors/invalid-stage-plan-error.ts';
import type { InputError } from './input-error.ts';

/** Why an input gave no plan. */
export type Refusal = InvalidRunConfigError | InvalidStagePlanError | InputError;

/** A refusal for people: every problem, then every way to mend it. */
export function renderRefusal(file: string, error: Refusal, color: boolean): string {
  const paint = (format: 'red' | 'green' | 'bold', text: string) => (color ? styleText(format, text) : text);
  const problem = (message: string) => `  ${paint('red', 'x')} ${message}`;
  const fix = (message: string) => `  ${paint('green', '>')} ${message}`;
  const name = paint('bold', file);
  if (error instanceof InvalidRunConfigError) {
    return lines([
      `${name} is not a valid RunConfig.`,
      ...error.problems.map(({ message }) => problem(message)),
    ]);
  }
  if (error instanceof InvalidStagePlanError) {
    const fixes =
      error.fixes.length === 0
        ? []
        : ['', 'To fix it, one of:', ...error.fixes.map(({ message }) => fix(message))];
    return lines([
      `${name} has no legal stage plan.`,
      ...error.rejections.map(({ message }) => problem(message)),
      ...fixes,
    ]);
  }
  return lines([`${name} cannot be used.`, problem(error.message)]);
}

/** A refusal as data. */
export function refusalData(error: Refusal): Readonly<Record<string, unknown>> {
  const { name, message, ...fields } = error;
  return { name, message, ...fields };
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
