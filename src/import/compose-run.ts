import type { SequenceName } from '../../machines/sequences.ts';
import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import { safeParseRunConfig } from '../config/parse-run-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { renderPath } from '../path.ts';
import { defaultedNotes } from './defaulted-notes.ts';
import { applyDetectorFlags } from './detector-flags.ts';
import { InvalidImportError } from './errors/invalid-import-error.ts';
import { LossyImportError } from './errors/lossy-import-error.ts';
import { type ImportNote, isLossy, type Path } from './note.ts';
import type { FieldReading, Reading } from './reading.ts';
import { readRefinerSteps } from './refiner-switch.ts';
import { settleFields } from './settle-fields.ts';
import { settleRedraw } from './settle-redraw.ts';

export interface ImportOptions {
  /** Refuse an import that loses anything. Default: false. */
  readonly strict?: boolean;
}

/** A RunConfig, and what became of everything that the input said. */
export interface ComposedRun {
  readonly config: RunConfig;
  /** The shipped sequence that has the recorded order of stages. */
  readonly sequence: SequenceName;
  readonly notes: readonly ImportNote[];
}

/**
 * Makes a RunConfig of what was read: takes one reading for each field, and validates the whole.
 *
 * @throws {InvalidImportError} when a value is out of range or of the wrong type.
 * @throws {LossyImportError} when the import is strict and a note stands for a loss.
 */
export function composeRun(
  readings: readonly Reading[],
  decided: Readonly<Record<string, unknown>>,
  { strict = false }: ImportOptions,
  writer?: string,
  sequence: SequenceName = 'canonical',
): ComposedRun {
  const used = settleRedraw(applyDetectorFlags(readRefinerSteps(readings)));
  const { fields, notes } = settleFields(used);
  const origins = placeDetectors([...fields.values()]);
  const config = parse({ ...decided, ...draft(origins) }, origins, writer);
  const isSet = (field: Path) => origins.has(renderPath(field));
  const remarks = used.flatMap((reading) => (reading.kind === 'note' ? reading.note : []));
  const all = [...remarks, ...notes, ...defaultedNotes(config, isSet)];
  const losses = strict ? all.filter(isLossy) : [];
  if (losses.length > 0) throw new LossyImportError(losses);
  return { config, sequence, notes: all };
}

type Origins = ReadonlyMap<string, FieldReading>;

/** Counts the detectors from 0: one that is off leaves no hole, and the hands come after the faces. */
function placeDetectors(fields: readonly FieldReading[]): Origins {
  const names = fields.flatMap(({ field: [section, name] }) => (section === 'adetailer' ? [name] : []));
  const isHands = (name: unknown) => Number(name === 'hands');
  const ordered = [...new Set(names)].sort((a, b) => isHands(a) - isHands(b) || Number(a) - Number(b));
  const places = new Map(ordered.map((name, index) => [name, index]));
  return new Map(
    fields.map((reading) => {
      const [section, name, ...rest] = reading.field;
      const field = section === 'adetailer' ? [section, Number(places.get(name)), ...rest] : reading.field;
      return [renderPath(field), { ...reading, field }];
    }),
  );
}

function draft(origins: Origins): Readonly<Record<string, unknown>> {
  const sections = new Map<string, Map<string, unknown>>();
  for (const { field, value } of origins.values()) {
    const name = renderPath(field.slice(0, -1));
    const section = sections.get(name) ?? new Map<string, unknown>();
    sections.set(name, section.set(String(field.at(-1)), value));
  }
  const under = (name: string) => Object.fromEntries(sections.get(name) ?? []);
  const detectors = [...sections.keys()].filter((name) => name.startsWith('adetailer['));
  return {
    ...under(''),
    img2img: { ...under('img2img'), ...(sections.has('img2img.mask') && { mask: under('img2img.mask') }) },
    upscale: {
      ...under('upscale'),
      ...(sections.has('upscale.redraw') && { redraw: under('upscale.redraw') }),
    },
    ...(detectors.length > 0 && { adetailer: detectors.map((_, index) => under(`adetailer[${index}]`)) }),
  };
}

function parse(run: unknown, origins: Origins, writer: string | undefined): RunConfig {
  const parsed = safeParseRunConfig(run);
  if (parsed.success) return parsed.config;
  throw new InvalidImportError(
    parsed.error.problems.map((problem) => locate(problem, origins)),
    writer,
    parsed.error.more,
  );
}

function locate({ path: field, code, message }: ConfigProblem, origins: Origins) {
  return { path: origins.get(renderPath(field))?.path ?? field, field, code, message };
}
