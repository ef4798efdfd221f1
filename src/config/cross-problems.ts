import { isPlainObject } from '../json.ts';
import { splitSamplerName } from '../names/samplers.ts';
import { type Path, quote, renderPath } from '../path.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';
import { isLatentMode } from './upscale-settings.ts';

/**
 * What is wrong between the fields of a run, whatever else is wrong with it: zod makes its own checks across fields only
 * where every single field is right.
 */
export function crossProblems(run: unknown): readonly ConfigProblem[] {
  if (!isPlainObject(run)) return [];
  return [...refinerProblems(run), ...sizeProblems(run), ...upscalerProblems(run), ...samplerProblems(run)];
}

type Section = Readonly<Record<string, unknown>>;

function refinerProblems({ refiner_enabled, refiner_model_name }: Section): readonly ConfigProblem[] {
  if (refiner_enabled !== true || (refiner_model_name ?? null) !== null) return [];
  return [required(['refiner_model_name'], 'when refiner_enabled is true')];
}

/** One side alone says nothing: the picture would be squeezed. */
function sizeProblems(run: Section): readonly ConfigProblem[] {
  const { width, height } = sectionOf(run, 'img2img');
  if ((width === undefined) === (height === undefined)) return [];
  const [missing, stated] = width === undefined ? ['width', 'height'] : ['height', 'width'];
  return [required(['img2img', missing], `where img2img.${stated} is stated`)];
}

/** A latent mode enlarges what a diffusion goes on with; alone it gives no picture. */
function upscalerProblems(run: Section): readonly ConfigProblem[] {
  const { upscaler, redraw } = sectionOf(run, 'upscale');
  if (typeof upscaler !== 'string' || !isLatentMode(upscaler)) return [];
  const redrawn = isPlainObject(redraw) || (run.hires_enabled === true && run.txt2img_enabled !== true);
  if (redrawn) return [];
  const message = `upscale.upscaler is the latent mode ${quote(upscaler)}, which needs upscale.redraw behind it: state that, or take an image upscaler.`;
  return [{ path: ['upscale', 'upscaler'], code: 'not_allowed', message }];
}

/** A sampler's old name has the schedule in it. Beside another schedule nobody knows which one is meant. */
function samplerProblems(run: Section): readonly ConfigProblem[] {
  const base = { sampler: run.sampler_name, scheduler: run.scheduler };
  const within = (path: Path, sampler: unknown, scheduler: unknown) =>
    (sampler ?? null) === null && (scheduler ?? null) === null
      ? []
      : contradiction(path, sampler ?? base.sampler, scheduler ?? base.scheduler);
  const { redraw } = sectionOf(run, 'upscale');
  const detectors: readonly unknown[] = Array.isArray(run.adetailer)
    ? Array.from(run.adetailer)
    : [run.adetailer];
  const nested: readonly (readonly [Path, unknown])[] = [
    [['img2img'], run.img2img],
    [['upscale', 'redraw'], redraw],
    ...detectors.map((detector, index) => [['adetailer', index], detector] as const),
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

function sectionOf(run: Section, name: string): Section {
  const section = run[name];
  return isPlainObject(section) ? section : {};
}

function required(path: Path, when: string): ConfigProblem {
  return { path, code: 'required', message: `${renderPath(path)} is required ${when}.` };
}
