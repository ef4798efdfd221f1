import { isPlainObject } from '../json.ts';
import { cut, type Path, renderPath } from '../path.ts';
import { visible } from '../visible.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';
import type { LikeSections } from './like-sections.ts';

/**
 * The objects of a run that are none of JSON: zod reads a Map as an object without fields, and takes fields that are
 * inherited. What is the caller's own, as metadata and the settings of stages, has a schema that sees to it.
 */
export function plainProblems(run: unknown, likes: LikeSections): readonly ConfigProblem[] {
  if (!isPlain(run)) return [notPlain(run, [])];
  if (!isPlainObject(run)) return [];
  const problems: ConfigProblem[] = [];
  for (const section of [...sections, ...likes.img2img, ...likes.upscale, ...likes.adetailer])
    addProblemsIn(problems, run[section], section);
  return problems;
}

const sections = ['img2img', 'upscale', 'adetailer'];

/** A section, and what is right inside it: a detector, a mask, the redraw of an upscale. */
function addProblemsIn(problems: ConfigProblem[], section: unknown, name: string): void {
  if (typeof section !== 'object' || section === null) return;
  if (!isPlain(section)) {
    problems.push(notPlain(section, [name]));
    return;
  }
  for (const [key, inner] of entriesOf(section))
    if (!isPlain(inner)) problems.push(notPlain(inner, [name, key]));
}

/** Whether a value is one that JSON has, as far as is seen from outside. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value) || isPlainObject(value);
}

function notPlain(value: unknown, path: Path): ConfigProblem {
  const kind = String(Object(value).constructor?.name ?? 'Object');
  const is = kind === 'Object' ? 'inherits its fields' : `is a ${visible(cut(kind))}`;
  const message = `${renderPath(path) || 'The RunConfig'} must be a plain object, as JSON.parse makes it, but ${is}.`;
  return { path, code: 'wrong_type', message };
}

function entriesOf(section: object): readonly (readonly [string | number, unknown])[] {
  return Array.isArray(section) ? [...section.entries()] : Object.entries(section);
}
