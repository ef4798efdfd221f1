import {
  defaultPolicies,
  type PolicyName,
  policiesBy,
  policyNames,
  type SequencePolicies,
} from '../../machines/policies.ts';
import { isSequenceName, type SequenceName, sequenceNames, sequences } from '../../machines/sequences.ts';
import { closestTo } from '../closest.ts';
import { mostListed } from '../listed.ts';
import { cut, quote } from '../path.ts';
import { sayThrown } from '../read-foreign.ts';
import { visible } from '../visible.ts';
import { InvalidOptionsError, type OptionProblem } from './invalid-options-error.ts';
import { readSequence, type SequenceReading } from './reading.ts';
import type { StageSequence } from './sequence.ts';
import { assertReadable } from './structure.ts';

/** What the caller allows, each by the name of its policy. One that is left out is as its policy's default. */
export type PolicyOptions = { readonly [Name in PolicyName]?: boolean | undefined };

/** What the caller allows, and the sequence to plan by. */
export interface SequenceOptions extends PolicyOptions {
  /** The machine that knows the order, or the name of a shipped one. Default: 'canonical'. */
  readonly sequence?: StageSequence | SequenceName | undefined;
}

/** What becomes of a stated order that the sequence does not have: rejected, or repaired with a record of each move. */
export type OrderOption = 'reject' | 'repair';

export interface PlanOptions extends SequenceOptions {
  /** What becomes of a stated order that the sequence does not have. Default: 'reject'. */
  readonly order?: OrderOption | undefined;
}

/** What an option must be, and whether a value is that. */
export interface OptionRule {
  readonly must: string;
  readonly takes: (value: unknown) => boolean;
}

/** The options that a call takes, by name. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/** The policies as options. */
export const policyRules: OptionRules = Object.fromEntries(
  policyNames.map((name) => [name, { must: 'true or false', takes: (value) => typeof value === 'boolean' }]),
);

/** The option that chooses the sequence. */
export const sequenceRule = {
  sequence: {
    must: `a machine or one of ${sequenceNames.join(', ')}`,
    takes: (value: unknown) => isSequenceName(value) || isMachine(value),
  },
} satisfies OptionRules;

/** The option for a stated order. */
export const orderRule: OptionRules = {
  order: { must: 'reject or repair', takes: (value) => value === 'reject' || value === 'repair' },
};

/**
 * The reading of the sequence and policies that options stand for, defaults included.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 * @throws {InvalidSequenceError} when the machine cannot be read as a sequence.
 */
export function resolveSequence(options: SequenceOptions): SequenceReading {
  return readingOf(takeOptions(options, sequenceRule, policyRules));
}

/**
 * Reads options once, each by its rule in one of some tables, and refuses all that are unknown or of the wrong kind. One that is undefined counts
 * as left out.
 *
 * @throws {InvalidOptionsError}
 */
export function takeOptions<Options extends object>(
  options: Options,
  ...rules: readonly OptionRules[]
): Options {
  const problems: OptionProblem[] = [];
  const taken: Record<string, unknown> = {};
  let untold = 0;
  for (const [option, value] of entriesOf(options)) {
    const rule = rules.find((each) => Object.hasOwn(each, option))?.[option];
    if (rule !== undefined && (value === undefined || rule.takes(value))) taken[option] = value;
    else if (problems.length === mostListed) untold += 1;
    else
      problems.push(
        rule === undefined
          ? unknownOption(option, rules.flatMap(Object.keys))
          : { option, message: `${option} must be ${rule.must}.` },
      );
  }
  if (problems.length > 0) throw new InvalidOptionsError(problems, untold);
  // Each value was read once and is of the kind that its rule, and so the type, asks for.
  return taken as Options;
}

/** All that options say, what they inherit too. */
function entriesOf(options: object): readonly (readonly [option: string, value: unknown])[] {
  const entries: (readonly [string, unknown])[] = [];
  let message = 'The options must be an object.';
  try {
    // A Map, a list and a function have entries of another kind, which would be left out without a word.
    if (Object.prototype.toString.call(options) === '[object Object]') {
      for (const option in options) entries.push([option, Reflect.get(options, option)]);
      return entries;
    }
  } catch (error) {
    // A getter, or a proxy, that throws when it is read.
    message = `The options cannot be read (${quote(sayThrown(error))}): hand over plain data.`;
  }
  throw new InvalidOptionsError([{ option: '', message }]);
}

/**
 * The reading that options which were taken stand for.
 *
 * @throws {InvalidSequenceError} when the machine cannot be read as a sequence.
 */
export function readingOf(options: SequenceOptions): SequenceReading {
  const reading = readSequence(sequenceOf(options), policiesOf(options));
  assertReadable(reading);
  return reading;
}

/** A machine, whether it is handed over or named. */
export type MachineOf<Sequence> = Sequence extends SequenceName ? (typeof sequences)[Sequence] : Sequence;

/**
 * The machine that a caller hands over or names where it is no option.
 *
 * @throws {InvalidOptionsError} when it is neither a machine nor the name of a shipped one.
 */
export function machineOf(sequence: unknown): StageSequence {
  if (isSequenceName(sequence)) return sequences[sequence];
  if (isMachine(sequence)) return sequence;
  throw new InvalidOptionsError([
    { option: 'sequence', message: `sequence must be ${sequenceRule.sequence.must}.` },
  ]);
}

/** The machine that options which were taken name. */
export function sequenceOf({ sequence = 'canonical' }: Pick<SequenceOptions, 'sequence'>): StageSequence {
  return isSequenceName(sequence) ? sequences[sequence] : sequence;
}

function policiesOf(options: SequenceOptions): SequencePolicies {
  return policiesBy((name) => options[name] ?? defaultPolicies[name]);
}

/** What to do with a run in a sequence. */
export interface RouteOptions {
  readonly order: OrderOption;
  /** The policies that are closed because the caller said nothing: a fix may offer to open them. */
  readonly openable: readonly PolicyName[];
}

/** What options that were taken say of a run's route. */
export function routeOptionsOf(options: PlanOptions): RouteOptions {
  const openable = closedByDefault.filter((name) => options[name] === undefined);
  return { order: options.order ?? 'reject', openable };
}

const closedByDefault: readonly PolicyName[] = policyNames.filter((name) => !defaultPolicies[name]);

function unknownOption(option: string, known: readonly string[]): OptionProblem {
  const suggestion = closestTo(option, known);
  const guess =
    suggestion === undefined ? `The options are ${known.join(', ')}.` : `Did you mean ${suggestion}?`;
  return {
    option: cut(option),
    message: `${visible(cut(option))} is not an option. ${guess}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function isMachine(value: unknown): value is StageSequence {
  try {
    return hasMachineParts(value);
  } catch {
    // A revoked proxy is no machine.
    return false;
  }
}

function hasMachineParts(value: unknown): boolean {
  const { root, events, transition }: Partial<Record<string, unknown>> = Object(value);
  const { states, transitions }: Partial<Record<string, unknown>> = Object(root);
  return (
    Array.isArray(events) &&
    typeof transition === 'function' &&
    typeof states === 'object' &&
    states !== null &&
    transitions instanceof Map
  );
}
