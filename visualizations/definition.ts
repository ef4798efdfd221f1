import { initialTransition } from 'xstate';
import { defaultPolicies, type SequencePolicies } from '../machines/policies.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';

/** Renders a sequence's machine as the JSON that Stately Studio imports and the Stately inspector draws. Pure. */
export function renderDefinition(
  sequence: StageSequence,
  policies: SequencePolicies = defaultPolicies,
): string {
  const [{ context }] = initialTransition(sequence, policies);
  return `${JSON.stringify({ ...sequence.config, context }, withoutFunctions, 2)}\n`;
}

/** A guard written in place has no JSON; its name stands for it. */
function withoutFunctions(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? { type: value.name } : value;
}
