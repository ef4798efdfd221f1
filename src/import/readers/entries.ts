import type { KeyValue } from '../table/read-table.ts';

/** An object as a reader has it. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The entries of an object but those of some keys, which are read elsewhere. */
export function entriesBut(json: JsonRecord, ...keys: readonly string[]): readonly KeyValue[] {
  return Object.entries(json).filter(([key]) => !keys.includes(key));
}

/** Tells whether an object has all of these keys of its own. */
export function hasAll(json: JsonRecord, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(json, key));
}

/** Tells whether an object has any of these keys of its own. */
export function hasAny(json: JsonRecord, ...keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(json, key));
}

/** A text, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list, or none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
