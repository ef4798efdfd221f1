import { initialTransition } from 'xstate';
import { defaultPolicies, type SequencePolicies } from '../machines/policies.ts';
import type { SequenceName } from '../machines/sequences.ts';
import { machineOf } from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';

/**
 * Renders a sequence's machine as the JSON that Stately Studio imports and the Stately inspector draws. Pure.
 *
 * @param journey is put into the `meta` of the machine's root, which they leave alone.
 *
 * @throws {InvalidOptionsError} when it is neither a machine nor the name of a shipped one.
 */
export function renderDefinition(
  sequence: StageSequence | SequenceName,
  policies: SequencePolicies = defaultPolicies,
  journey?: object,
): string {
  const machine = machineOf(sequence);
  const [{ context }] = initialTransition(machine, policies);
  const meta = journey === undefined ? {} : { meta: { ...machine.config.meta, journey } };
  return `${JSON.stringify({ ...machine.config, context, ...meta }, withoutFunctions, 2)}\n`;
}

/** A guard written in place has no JSON; its name stands for it. */
function withoutFunctions(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? { type: value.name } : value;
}
