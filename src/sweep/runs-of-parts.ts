import { crossProblems } from '../config/cross-problems.ts';
import { noLikeSections } from '../config/like-sections.ts';
import { safeParseRunConfig } from '../config/parse-run-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { JsonObject } from '../json.ts';
import { remembering } from '../remembering.ts';
import type { Axis, AxisValue } from './axes.ts';
import type { Combination } from './combinations.ts';
import { withFields } from './set-field.ts';

/** Puts the run of a combination together. undefined: it has to be validated as a whole. */
export type RunOfParts = (combination: Combination) => RunConfig | undefined;

/** Fields of a run that were validated. */
type Part = Readonly<Record<string, unknown>>;

/**
 * Validates each value of some axes once, when it is first needed (of many, the last few thousand are remembered), and puts the runs of their combinations together of what
 * was validated. undefined: a whole run has to be validated each time, since the base is not valid without a value, or two
 * axes set fields of one section.
 *
 * What fields demand of one another is asked of every run anew. A run in which anything is wrong is not put together, so
 * that its errors are those of the run as a whole.
 */
export function runsOfParts(base: object, axes: readonly Axis[]): RunOfParts | undefined {
  const known = safeParseRunConfig(base);
  const sections = axes.flatMap(({ fields }) => [...new Set(Array.from(fields.keys(), sectionOf))]);
  if (!known.success || new Set(['metadata', ...sections]).size <= sections.length) return undefined;
  const partOf = remembering((value: AxisValue) => validated(base, value));
  return ({ chosen, values }) => {
    const found = chosen.map(partOf);
    if (found.includes(undefined)) return undefined;
    const metadata = { ...known.config.metadata, sweep: values };
    const run: RunConfig = { ...known.config, ...Object.assign({}, ...found), metadata };
    const clean = crossProblems(run, noLikeSections).length === 0 && JsonObject.safeParse(metadata).success;
    return clean ? run : undefined;
  };
}

function validated(base: object, value: AxisValue): Part | undefined {
  const parsed = safeParseRunConfig(withFields(base, value.fields));
  if (!parsed.success) return undefined;
  const sections = value.fields.map(([field]) => sectionOf(field));
  return Object.fromEntries(sections.map((section) => [section, Reflect.get(parsed.config, section)]));
}

/** The field of a run that a field stands in. */
function sectionOf(field: string): string {
  return String(field.split('.')[0]);
}
