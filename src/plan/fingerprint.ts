import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AnyStateNode } from 'xstate';
import { canonicalJson } from '../json.ts';
import { remember } from '../sequence/remember.ts';
import type { StageExecutionPlan } from './stage-execution-plan.ts';

/**
 * SHA-256 of a machine's definition, in hexadecimal. The order of keys makes no difference.
 *
 * A guard counts by its name: what a named guard computes is not seen.
 */
export const sequenceFingerprint = remember((sequence) => hash(definitionOf(sequence.root)));

/** SHA-256 of a plan's canonical JSON, in hexadecimal: equal plans, and only those, have equal fingerprints. */
export function planFingerprint(plan: StageExecutionPlan): string {
  return hash(plan);
}

/** A state's definition without what only says in which order its keys were written. */
function definitionOf(state: AnyStateNode): unknown {
  const { order: _order, transitions: _transitions, ...definition } = state.definition;
  const states = Object.entries(state.states).map(([key, inner]) => [key, definitionOf(inner)]);
  return JSON.parse(JSON.stringify({ ...definition, states: Object.fromEntries(states) }));
}

function hash(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}
