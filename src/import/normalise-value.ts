import { mostSeed } from '../config/generation-settings.ts';
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
  '(none)',
  '(use base)',
  'automatic',
  'baked vae',
  'default',
  'default (model)',
  'inherit',
  'n/a',
  'nan',
  'none',
  'null',
  'same as primary',
  'undefined',
  'unknown',
  'use base model',
  'use sampler default',
  'use same checkpoint',
  'use same sampler',
  'use same scheduler',
  'use same vae',
]);

/** Tells whether a value is one of those that say nothing: null, "", "None", "Automatic", "inherit" and their like. */
export function isUnset(value: unknown): boolean {
  return value === null || (typeof value === 'string' && unsetWords.has(value.trim().toLowerCase()));
}

/** The value of a field as the RunConfig writes it, or undefined where it is not set. Out of range stays out of range. */
export function normaliseValue(field: string, value: unknown): NormalValue | LostValue | undefined {
  if (isText(field) && typeof value === 'string') return { value };
  // A prompt may be the word "none"; one that is empty is as the run.
  if (isOwnPrompt(field) && typeof value === 'string' && value !== '') return { value };
  if (field === 'hires_scheduler' && value === 'Automatic') return { value };
  if (isUnset(value)) return undefined;
  if (value === 0 && offAtZero.has(field)) return undefined;
  return Object.hasOwn(normalisers, field) ? normalisers[field]?.(value) : { value };
}

type Normaliser = (value: unknown) => NormalValue | LostValue | undefined;

const normalisers: Readonly<Record<string, Normaliser>> = {
  checkpoint: withoutHash,
  clip_skip: fromTheEnd,
  confidence: percentage,
  fill: maskFill,
  hires_denoise: redrawing,
  hires_model_name: withoutHash,
  hires_sampler_name: splitSampler,
  hires_scheduler: labelled,
  invert: spoken('inpaint not masked', 'inpaint masked'),
  mask_filter_method: filterMethod,
  mask_merge_invert: mergeMode,
  model: withoutHash,
  only_masked: spoken('only masked', 'whole picture'),
  refiner_model_name: withoutHash,
  refiner_pass: refinerPass,
  refiner_switch_at: fraction,
  sampler_name: splitSampler,
  scheduler: labelled,
  seed: exact,
  vae: withoutHash,
};

/** Settings whose 0 means that they are not used. */
const offAtZero: ReadonlySet<string> = new Set(['clip_skip', 'refiner_switch_steps']);

function isText(field: string): boolean {
  return field === 'prompt' || field === 'negative_prompt';
}

function isOwnPrompt(field: string): boolean {
  return field === 'hires_prompt' || field === 'hires_negative_prompt';
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
  if (typeof value !== 'number' || Math.abs(value) <= mostSeed) return { value };
  return { lost: `is lost: a seed is at most ${mostSeed}` };
}

/** A choice that the WebUI writes in words and sends as true or false. */
function spoken(yes: string, no: string): Normaliser {
  return (value) => {
    if (value === 0 || value === 1) return labelOf(value, value === 1);
    const word = typeof value === 'string' ? value.toLowerCase() : undefined;
    if (word !== yes && word !== no) return { value };
    return { value: word === yes, change: `is ${word === yes} here` };
  };
}

const fills = ['fill', 'original', 'latent_noise', 'latent_nothing'] as const;

/** The WebUI writes "latent noise", and sends its place in the list. */
function maskFill(value: unknown): NormalValue {
  const named = typeof value === 'number' ? fills[value] : String(value).replace(' ', '_');
  return named === undefined || named === value ? { value } : labelOf(value, named);
}

/** StableNew says "largest" for what ADetailer calls "Area", and "all" where nothing is left out. */
function filterMethod(value: unknown): NormalValue | undefined {
  if (value === 'all') return undefined;
  return value === 'largest' ? labelOf(value, 'Area') : { value };
}

const mergeModes: ReadonlyMap<unknown, string> = new Map([
  ['merge', 'Merge'],
  ['merge_invert', 'Merge and Invert'],
]);

function mergeMode(value: unknown): NormalValue | undefined {
  if (value === 'keep') return undefined;
  return labelOf(value, mergeModes.get(value) ?? value);
}

/** Before plans of format 2.0 a switch said it; the WebUI says "first pass". */
function refinerPass(value: unknown): NormalValue {
  if (typeof value === 'boolean') return labelOf(value, value ? 'first' : 'both');
  return labelOf(value, typeof value === 'string' ? value.replace(/ pass(es)?$/, '') : value);
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

/** Source: ADetailer 23.5, which wrote 30 for 0.3. */
function percentage(value: unknown): NormalValue {
  return Number.isInteger(value) ? fraction(value) : { value };
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

function labelOf(value: unknown, label: unknown): NormalValue {
  return label === value ? { value } : { value: label, change: `is ${show(label)} here` };
}
