import { isPlainObject } from '../json.ts';
import { type Path, renderPath } from '../path.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';
import type { LikeSections } from './like-sections.ts';

/**
 * The objects of a run that are none of JSON: zod reads a Map as an object without fields, and takes fields that are
 * inherited. What is the caller's own, as metadata and the settings of stages, has a schema that sees to it.
 */
export function plainProblems(run: unknown, likes: LikeSections): readonly ConfigProblem[] {
  const strange = notPlain(run, []);
  if (strange.length > 0 || !isPlainObject(run)) return strange;
  return ['img2img', 'upscale', 'adetailer', ...Object.values(likes).flat()].flatMap((section) =>
    problemsIn(run[section], [section]),
  );
}

/** A section, and what is right inside it: a detector, a mask, the redraw of an upscale. */
function problemsIn(section: unknown, path: Path): readonly ConfigProblem[] {
  if (typeof section !== 'object' || section === null) return [];
  if (Array.isArray(section)) return section.flatMap((item, index) => notPlain(item, [...path, index]));
  if (!isPlainObject(section)) return notPlain(section, path);
  return Object.keys(section).flatMap((key) => notPlain(section[key], [...path, key]));
}

function notPlain(value: unknown, path: Path): readonly ConfigProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPlainObject(value)) return [];
  const kind = value.constructor?.name ?? 'Object';
  const is = kind === 'Object' ? 'inherits its fields' : `is a ${kind}`;
  const message = `${renderPath(path) || 'The RunConfig'} must be a plain object, as JSON.parse makes it, but ${is}.`;
  return [{ path, code: 'wrong_type', message }];
}
