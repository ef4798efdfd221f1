import { isPlainObject } from '../json.ts';
import { type SplitSampler, splitSamplerName } from '../names/samplers.ts';
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
  // One list that is written to: every run that is right passes here too.
  const problems: ConfigProblem[] = [];
  const inSections = (like: keyof LikeSections, look: (stage: string) => void) => {
    look(like);
    likes[like].forEach(look);
  };
  addRefinerProblem(problems, run);
  inSections('img2img', (stage) => addSizeProblem(problems, run, stage));
  inSections('upscale', (stage) => addUnredrawnProblem(problems, run, stage));
  addSamplerProblem(problems, run, [], run, samplerFields);
  addSamplerProblem(problems, run, [], run, hiresSamplerFields);
  inSections('img2img', (stage) => addSamplerProblem(problems, run, [stage], run[stage]));
  inSections('upscale', (stage) =>
    addSamplerProblem(problems, run, [stage, 'redraw'], sectionOf(run, stage).redraw),
  );
  inSections('adetailer', (stage) => {
    for (const [index, detector] of listOf(run[stage]).entries())
      addSamplerProblem(problems, run, [stage, index], detector);
  });
  return problems;
}

type Section = Readonly<Record<string, unknown>>;

function addRefinerProblem(
  problems: ConfigProblem[],
  { refiner_enabled, refiner_model_name }: Section,
): void {
  if (refiner_enabled === true && (refiner_model_name ?? null) === null)
    problems.push(required(['refiner_model_name'], 'when refiner_enabled is true'));
}

/** One side alone says nothing: the picture would be squeezed. */
function addSizeProblem(problems: ConfigProblem[], run: Section, stage: string): void {
  const { width, height } = sectionOf(run, stage);
  if ((width === undefined) === (height === undefined)) return;
  const [missing, stated] = width === undefined ? ['width', 'height'] : ['height', 'width'];
  problems.push(required([stage, missing], `where ${stage}.${stated} is stated`));
}

/** Where hires fix is on, its pass may be the redraw of any stage: only the walk tells which one. */
function addUnredrawnProblem(problems: ConfigProblem[], run: Section, stage: string): void {
  const { upscaler, redraw } = sectionOf(run, stage);
  if (typeof upscaler !== 'string' || isPlainObject(redraw) || run.hires_enabled === true) return;
  problems.push(...upscalerProblems(stage, upscaler));
}

/** What is wrong with the upscaler of a stage without a redraw: a latent mode enlarges what a diffusion goes on with. */
export function upscalerProblems(stage: string, upscaler: string): readonly ConfigProblem[] {
  if (!isLatentMode(upscaler)) return [];
  const message = `${stage}.upscaler is the latent mode ${quote(upscaler)}, which needs ${stage}.redraw behind it: state that, or take an image upscaler.`;
  return [{ path: [stage, 'upscaler'], code: 'not_allowed', message }];
}

/** The fields of a sampler and its scheduler in a section. */
interface SamplerFields {
  readonly sampler: string;
  readonly scheduler: string;
}

const samplerFields: SamplerFields = { sampler: 'sampler_name', scheduler: 'scheduler' };
const hiresSamplerFields: SamplerFields = { sampler: 'hires_sampler_name', scheduler: 'hires_scheduler' };

/**
 * A sampler's old name has the schedule in it. Beside another schedule nobody knows which one is meant. What a section
 * leaves out is as the run; where it leaves out both, the run is complained of alone.
 */
function addSamplerProblem(
  problems: ConfigProblem[],
  run: Section,
  path: Path,
  section: unknown,
  fields: SamplerFields = samplerFields,
): void {
  if (!isPlainObject(section)) return;
  const sampler = section[fields.sampler] ?? null;
  const scheduler = section[fields.scheduler] ?? null;
  if (sampler === null && scheduler === null) return;
  const [name, stated] = [sampler ?? run.sampler_name, scheduler ?? run.scheduler];
  if (typeof name !== 'string' || typeof stated !== 'string') return;
  const split = contradicting(name, stated);
  if (split === undefined) return;
  const own = { sampler: [...path, fields.sampler], scheduler: [...path, fields.scheduler] };
  const said = renderPath(sampler === null ? [samplerFields.sampler] : own.sampler);
  const beside = renderPath(scheduler === null ? [samplerFields.scheduler] : own.scheduler);
  const message = `${said} ${quote(name)} says ${split.scheduler}, but ${beside} is ${quote(stated)}: write ${renderPath(own.sampler)} ${quote(split.sampler)}, and in ${renderPath(own.scheduler)} the one that is meant.`;
  problems.push({ path: own.sampler, code: 'not_allowed', message, suggestion: split.sampler });
}

/** The parts of a sampler's name that says another schedule than the one that is stated. */
function contradicting(sampler: string, scheduler: string): SplitSampler | undefined {
  const label = schedulerLabel(scheduler.trim());
  if (label === 'Automatic' || !/[ _]\S+$/.test(sampler.trim())) return undefined;
  const split = splitSamplerName(sampler.trim());
  return split.scheduler === undefined || split.scheduler === label ? undefined : split;
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
