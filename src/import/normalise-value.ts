import { samplerLabel, splitSamplerName } from '../names/samplers.ts';
import { schedulerLabel } from '../names/schedulers.ts';
import { show } from './note.ts';

/** A value as the RunConfig writes it. */
export interface NormalValue {
  readonly value: unknown;
  /** What was done to it, where anything was. */
  readonly change?: string;
  /** The scheduler that stood in a sampler's name. */
  readonly scheduler?: string;
}

/** A value that the RunConfig cannot hold, although it is a good one where it was written. */
export interface LostValue {
  readonly lost: string;
}

const unsetWords: ReadonlySet<string> = new Set([
  '',
  'automatic',
  'baked vae',
  'default',
  'default (model)',
  'inherit',
  'n/a',
  'none',
  'undefined',
  'unknown',
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
export function normaliseValue(field: string, value: unknown): NormalValue | LostValue | undefined {
  if (isText(field) && typeof value === 'string') return { value };
  if (isUnset(value)) return undefined;
  if (value === 0 && offAtZero.has(field)) return undefined;
  return Object.hasOwn(normalisers, field) ? normalisers[field]?.(value) : { value };
}

const normalisers: Readonly<Record<string, (value: unknown) => NormalValue | LostValue>> = {
  clip_skip: fromTheEnd,
  hires_denoise: redrawing,
  model: withoutHash,
  refiner_model_name: withoutHash,
  refiner_switch_at: fraction,
  sampler_name: splitSampler,
  scheduler: labelled,
  seed: exact,
};

/** Settings whose 0 means that they are not used. */
const offAtZero: ReadonlySet<string> = new Set(['clip_skip', 'refiner_switch_steps']);

function isText(field: string): boolean {
  return field === 'prompt' || field === 'negative_prompt';
}

/** ComfyUI counts the layers of CLIP as -1, -2. */
function fromTheEnd(value: unknown): NormalValue {
  if (typeof value !== 'number' || value >= 0) return { value };
  return { value: -value, change: `is ${-value} here: layers are counted from the end` };
}

/** A pass at 0 redraws nothing, and a RunConfig has no such pass. */
function redrawing(value: unknown): NormalValue | LostValue {
  if (value !== 0) return { value };
  return { lost: 'is lost: at 0 a hires pass redraws nothing, and a RunConfig has no such pass' };
}

/** Seeds of Fooocus and ComfyUI have 64 bits, of which a number of JSON holds 53. */
function exact(value: unknown): NormalValue | LostValue {
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { value };
  return { lost: `is lost: a seed is at most ${Number.MAX_SAFE_INTEGER}` };
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
  if (scheduler === undefined) return labelOf(value, samplerLabel(sampler));
  return {
    value: sampler,
    scheduler,
    change: `is sampler ${show(sampler)} and scheduler ${show(scheduler)} here`,
  };
}

function labelled(value: unknown): NormalValue {
  return typeof value === 'string' ? labelOf(value, schedulerLabel(value)) : { value };
}

function labelOf(value: string, label: string): NormalValue {
  return label === value ? { value } : { value: label, change: `is ${show(label)} here` };
}
