import { isPlainObject } from '../json.ts';
import { splitSamplerName } from '../names/samplers.ts';
import { schedulerLabel } from '../names/schedulers.ts';
import { isLatentMode } from '../names/upscalers.ts';
import { type Path, quote, renderPath } from '../path.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';
import type { LikeSections } from './like-sections.ts';

/**
 * What is wrong between the fields of a run, whatever else is wrong with it: zod makes its own checks across fields only
 * where every single field is right.
 */
export function crossProblems(run: unknown, likes: LikeSections): readonly ConfigProblem[] {
  if (!isPlainObject(run)) return [];
  return [
    ...refinerProblems(run),
    ...['img2img', ...likes.img2img].flatMap((stage) => sizeProblems(run, stage)),
    ...['upscale', ...likes.upscale].flatMap((stage) => unredrawnProblems(run, stage)),
    ...samplerProblems(run, likes),
  ];
}

type Section = Readonly<Record<string, unknown>>;

function refinerProblems({ refiner_enabled, refiner_model_name }: Section): readonly ConfigProblem[] {
  if (refiner_enabled !== true || (refiner_model_name ?? null) !== null) return [];
  return [required(['refiner_model_name'], 'when refiner_enabled is true')];
}

/** One side alone says nothing: the picture would be squeezed. */
function sizeProblems(run: Section, stage: string): readonly ConfigProblem[] {
  const { width, height } = sectionOf(run, stage);
  if ((width === undefined) === (height === undefined)) return [];
  const [missing, stated] = width === undefined ? ['width', 'height'] : ['height', 'width'];
  return [required([stage, missing], `where ${stage}.${stated} is stated`)];
}

/** Where hires fix is on, its pass may be the redraw of any stage: only the walk tells which one. */
function unredrawnProblems(run: Section, stage: string): readonly ConfigProblem[] {
  const { upscaler, redraw } = sectionOf(run, stage);
  if (typeof upscaler !== 'string' || isPlainObject(redraw) || run.hires_enabled === true) return [];
  return upscalerProblems(stage, upscaler);
}

/** What is wrong with the upscaler of a stage without a redraw: a latent mode enlarges what a diffusion goes on with. */
export function upscalerProblems(stage: string, upscaler: string): readonly ConfigProblem[] {
  if (!isLatentMode(upscaler)) return [];
  const message = `${stage}.upscaler is the latent mode ${quote(upscaler)}, which needs ${stage}.redraw behind it: state that, or take an image upscaler.`;
  return [{ path: [stage, 'upscaler'], code: 'not_allowed', message }];
}

/** A sampler's old name has the schedule in it. Beside another schedule nobody knows which one is meant. */
function samplerProblems(run: Section, likes: LikeSections): readonly ConfigProblem[] {
  const inRun = statedIn(fieldsIn([]), run.sampler_name, run.scheduler);
  const within = (fields: SamplerFields, sampler: unknown, scheduler: unknown) => {
    const own = statedIn(fields, sampler, scheduler);
    if (own.sampler === undefined && own.scheduler === undefined) return [];
    return contradiction(fields, { ...inRun, ...own });
  };
  const nested: readonly (readonly [Path, unknown])[] = [
    ...['img2img', ...likes.img2img].map((stage) => [[stage], run[stage]] as const),
    ...['upscale', ...likes.upscale].map(
      (stage) => [[stage, 'redraw'], sectionOf(run, stage).redraw] as const,
    ),
    ...['adetailer', ...likes.adetailer].flatMap((stage) =>
      listOf(run[stage]).map((detector, index) => [[stage, index], detector] as const),
    ),
  ];
  return [
    ...contradiction(fieldsIn([]), inRun),
    ...within(fieldsIn([], 'hires_'), run.hires_sampler_name, run.hires_scheduler),
    ...nested.flatMap(([path, section]) =>
      isPlainObject(section) ? within(fieldsIn(path), section.sampler_name, section.scheduler) : [],
    ),
  ];
}

/** The fields of a sampler and its scheduler in a section. */
function fieldsIn(section: Path, prefix = ''): SamplerFields {
  return { sampler: [...section, `${prefix}sampler_name`], scheduler: [...section, `${prefix}scheduler`] };
}

interface SamplerFields {
  readonly sampler: Path;
  readonly scheduler: Path;
}

/** What a section states, and where. What it leaves to the run is left out. */
function statedIn(fields: SamplerFields, sampler: unknown, scheduler: unknown) {
  return {
    ...((sampler ?? null) !== null && { sampler: { path: fields.sampler, name: sampler } }),
    ...((scheduler ?? null) !== null && { scheduler: { path: fields.scheduler, name: scheduler } }),
  };
}

function contradiction(
  fields: SamplerFields,
  { sampler, scheduler }: Readonly<Partial<Record<keyof SamplerFields, { path: Path; name: unknown }>>>,
): readonly ConfigProblem[] {
  if (typeof sampler?.name !== 'string' || typeof scheduler?.name !== 'string') return [];
  const label = schedulerLabel(scheduler.name.trim());
  if (label === 'Automatic' || !/[ _]\S+$/.test(sampler.name.trim())) return [];
  const split = splitSamplerName(sampler.name.trim());
  if (split.scheduler === undefined || split.scheduler === label) return [];
  const [path, other] = [renderPath(fields.sampler), renderPath(fields.scheduler)];
  const message = `${renderPath(sampler.path)} ${quote(sampler.name)} says ${split.scheduler}, but ${renderPath(scheduler.path)} is ${quote(scheduler.name)}: write ${path} ${quote(split.sampler)}, and in ${other} the one that is meant.`;
  return [{ path: fields.sampler, code: 'not_allowed', message, suggestion: split.sampler }];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Array.from(value) : [value];
}

function sectionOf(run: Section, name: string): Section {
  const section = run[name];
  return isPlainObject(section) ? section : {};
}

function required(path: Path, when: string): ConfigProblem {
  return { path, code: 'required', message: `${renderPath(path)} is required ${when}.` };
}
