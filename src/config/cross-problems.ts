import { isPlainObject } from '../json.ts';
import { splitSamplerName } from '../names/samplers.ts';
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
    ...['upscale', ...likes.upscale].flatMap((stage) => upscalerProblems(run, stage)),
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

/** A latent mode enlarges what a diffusion goes on with; alone it gives no picture. */
function upscalerProblems(run: Section, stage: string): readonly ConfigProblem[] {
  const { upscaler, redraw } = sectionOf(run, stage);
  if (typeof upscaler !== 'string' || !isLatentMode(upscaler)) return [];
  const redrawn = isPlainObject(redraw) || (run.hires_enabled === true && run.txt2img_enabled !== true);
  if (redrawn) return [];
  const message = `${stage}.upscaler is the latent mode ${quote(upscaler)}, which needs ${stage}.redraw behind it: state that, or take an image upscaler.`;
  return [{ path: [stage, 'upscaler'], code: 'not_allowed', message }];
}

/** A sampler's old name has the schedule in it. Beside another schedule nobody knows which one is meant. */
function samplerProblems(run: Section, likes: LikeSections): readonly ConfigProblem[] {
  const base = { sampler: run.sampler_name, scheduler: run.scheduler };
  const within = (path: Path, sampler: unknown, scheduler: unknown) =>
    (sampler ?? null) === null && (scheduler ?? null) === null
      ? []
      : contradiction(path, sampler ?? base.sampler, scheduler ?? base.scheduler);
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
    ...contradiction([], base.sampler, base.scheduler),
    ...within([], run.hires_sampler_name, run.hires_scheduler).map(inHires),
    ...nested.flatMap(([path, section]) =>
      isPlainObject(section) ? within(path, section.sampler_name, section.scheduler) : [],
    ),
  ];
}

function inHires(problem: ConfigProblem): ConfigProblem {
  const message = problem.message.replaceAll(/\b(sampler_name|scheduler)\b/g, 'hires_$1');
  return { ...problem, path: ['hires_sampler_name'], message };
}

function contradiction(section: Path, sampler: unknown, scheduler: unknown): readonly ConfigProblem[] {
  if (typeof sampler !== 'string' || typeof scheduler !== 'string') return [];
  if (scheduler === 'Automatic' || !/[ _]\S+$/.test(sampler)) return [];
  const split = splitSamplerName(sampler);
  if (split.scheduler === undefined || split.scheduler === scheduler) return [];
  const path = [...section, 'sampler_name'];
  const message = `${renderPath(path)} ${quote(sampler)} says ${split.scheduler}, but scheduler is ${quote(scheduler)}: write sampler_name ${quote(split.sampler)}, and in scheduler the one that is meant.`;
  return [{ path, code: 'not_allowed', message, suggestion: split.sampler }];
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
