import { show } from './note.ts';
import { schedulerLabel, splitSamplerName } from './sampler-names.ts';

/** A value as the RunConfig writes it. */
export interface NormalValue {
  readonly value: unknown;
  /** What was done to it, where anything was. */
  readonly change?: string;
  /** The scheduler that stood in a sampler's name. */
  readonly scheduler?: string;
}

const unsetWords: ReadonlySet<string> = new Set([
  '',
  'automatic',
  'inherit',
  'none',
  'use base model',
  'use sampler default',
  'use same checkpoint',
  'use same sampler',
  'use same scheduler',
]);

/** Tells whether a value is one of those that say nothing: null, "", "None", "Automatic", "inherit" and their like. */
export function isUnset(value: unknown): boolean {
  return value === null || (typeof value === 'string' && unsetWords.has(value.trim().toLowerCase()));
}

/** The value of a field as the RunConfig writes it, or undefined where it is not set. Out of range stays out of range. */
export function normaliseValue(field: string, value: unknown): NormalValue | undefined {
  if (isText(field) && typeof value === 'string') return { value };
  if (isUnset(value)) return undefined;
  if (field === 'refiner_switch_steps' && value === 0) return undefined;
  return Object.hasOwn(normalisers, field) ? normalisers[field]?.(value) : { value };
}

const normalisers: Readonly<Record<string, (value: unknown) => NormalValue>> = {
  model: withoutHash,
  refiner_model_name: withoutHash,
  refiner_switch_at: fraction,
  sampler_name: splitSampler,
  scheduler: labelled,
};

function isText(field: string): boolean {
  return field === 'prompt' || field === 'negative_prompt';
}

/** Cuts off the short hash that the WebUI shows behind a checkpoint: `name.safetensors [dd08fa32f9]`. */
function withoutHash(value: unknown): NormalValue {
  if (typeof value !== 'string') return { value };
  const name = value.replace(/ {1,8}\[[0-9a-f]{6,64}\]$/i, '');
  if (name === value || name === '') return { value };
  return { value: name, change: `is ${show(name)} here: a hash is no part of a name` };
}

/** Source: StableNew's sliders wrote percentages before 2.4. The bounds of the fraction are checked with the RunConfig. */
function fraction(value: unknown): NormalValue {
  if (typeof value !== 'number' || value <= 1) return { value };
  return { value: value / 100, change: `is ${value / 100} here: over 1 it is a percentage` };
}

function splitSampler(value: unknown): NormalValue {
  if (typeof value !== 'string') return { value };
  const { sampler, scheduler } = splitSamplerName(value.trim());
  if (scheduler === undefined) return { value };
  return {
    value: sampler,
    scheduler,
    change: `is sampler ${show(sampler)} and scheduler ${show(scheduler)} here`,
  };
}

function labelled(value: unknown): NormalValue {
  if (typeof value !== 'string') return { value };
  const label = schedulerLabel(value);
  return label === value ? { value } : { value: label, change: `is ${show(label)} here` };
}
