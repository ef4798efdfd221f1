import { documentKind, sayOtherDocument } from '../../../src/document-kind.ts';
import { imageFormat } from '../../../src/import/image/image-container.ts';
import {
  attemptImport,
  type ImportedFile,
  importFile,
  maxImageSize,
  type RunImport,
} from '../../../src/import/index.ts';
import { type JsonObject, safeParseRunConfig } from '../../../src/index.ts';
import { isPlainObject, JsonObject as Json } from '../../../src/json.ts';
import { renderPath } from '../../../src/path.ts';
import { countOf } from '../../../src/plan/say-work.ts';
import type { Brought, Report, Sheet } from '../desk.ts';
import type { Exploration } from '../exploration.ts';
import { isMachineJson, readMachine } from '../own-machine.ts';
import { repeatedKeysIn } from '../read-config.ts';
import { reportOf } from './import-report.ts';
import { readPlan } from './read-plan.ts';

/** A file, or something that was pasted. */
export interface BroughtFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The runs of a file, or why it is not taken. */
export interface Taken {
  readonly sheets: readonly Sheet[];
  readonly refusal: Report | null;
}

/** So many runs are opened at once. */
export const mostSheets = 100;

/** A file larger than this is not looked at, in bytes. */
export const largestFile = maxImageSize;

/**
 * Reads a file by what is in it: a RunConfig or a list of them, a plan, a machine, or whatever `importFile` reads, images
 * among it. `now`: what is looked at, whose policies and backend stay. Pure.
 */
export function readFile({ name, bytes }: BroughtFile, now: Exploration): Taken {
  const value = imageFormat(bytes) === undefined ? jsonOf(bytes) : undefined;
  if (Array.isArray(value) && value.length > 0 && value.every(isRunConfig))
    return several(
      name,
      value.map((config, index) => configSheet(`${name} [${index}]`, config, now, [])),
    );
  const json = isPlainObject(value) ? Json.safeParse(value).data : undefined;
  return (json === undefined ? undefined : readObject(name, json, bytes, now)) ?? imported(name, bytes, now);
}

function readObject(name: string, json: JsonObject, bytes: Uint8Array, now: Exploration): Taken | undefined {
  if (isMachineJson(json)) return machine(name, json, now);
  const kind = documentKind(json);
  if (kind === 'plan') return readPlan(name, json, now);
  if (kind === 'answer') return readPlan(name, json.plan, now);
  if (kind === 'import') return readObject(name, Json.parse(json.config), bytes, now);
  if (kind === 'drawing' || kind === 'explanation')
    return refused(name, [sayOtherDocument(json, 'run_config') ?? '']);
  if (!isRunConfig(json) && !isMistypedRunConfig(json, bytes)) return undefined;
  const losses = repeatedKeysIn(new TextDecoder().decode(bytes), json);
  return { sheets: [configSheet(name, json, now, losses)], refusal: null };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isRunConfig(value: unknown): value is JsonObject {
  return documentKind(value) === 'run_config' && safeParseRunConfig(value).success;
}

/** A RunConfig with wrong fields, as far as no importer knows more of its fields: other programs have switches of these names too. */
function isMistypedRunConfig(json: JsonObject, bytes: Uint8Array): boolean {
  const parsed = safeParseRunConfig(json);
  if (parsed.success || documentKind(json) !== 'run_config') return false;
  const attempt = attemptImport(() => importFile(bytes));
  const [run] = attempt.success ? attempt.result.runs : [];
  if (run?.success !== true) return true;
  const unknown = parsed.error.problems.filter(
    ({ code, path }) => code === 'unknown_key' && path.length === 1,
  );
  const dropped = run.run.notes.filter(({ code, path }) => code === 'dropped' && path.length === 1);
  return unknown.length <= dropped.length;
}

function configSheet(name: string, config: JsonObject, now: Exploration, losses: readonly string[]): Sheet {
  const { $schema: _address, ...run } = config;
  const lost = losses.length === 0 ? '' : `: ${countOf(losses.length, 'value')} lost`;
  return sheet(name, { ...now, config: run }, run, {
    headline: `Opened ${name}, a RunConfig${lost}.`,
    details: losses,
    tone: losses.length === 0 ? 'good' : 'warn',
  });
}

function machine(name: string, json: JsonObject, now: Exploration): Taken {
  const own = readMachine(json);
  if (!own.success)
    return refused(name, own.problems, `${name} is a machine that cannot serve as a sequence.`);
  const headline = `Opened ${name}: the machine ${own.sequence.id} is checked, and the run is planned by it.`;
  const exploration: Exploration = { ...now, sequence: 'own', machine: json };
  return {
    sheets: [sheet(name, exploration, now.config, { headline, details: [], tone: 'good' })],
    refusal: null,
  };
}

function imported(name: string, bytes: Uint8Array, now: Exploration): Taken {
  const attempt = attemptImport(() => importFile(bytes));
  if (!attempt.success) return refused(name, attempt.error.message.split('\n'));
  const { runs, notes }: ImportedFile = attempt.result;
  const failed = runs.filter((run) => !run.success);
  const sheets = runs.flatMap((run) => importedSheet(nameOf(name, run), run, notes, now));
  if (sheets.length === 0) return refused(name, failed.map(sayFailure));
  const taken = several(name, sheets);
  if (failed.length === 0) return taken;
  const headline = `${failed.length} of ${countOf(runs.length, 'run')} in ${name} could not be read.`;
  return { ...taken, refusal: { headline, details: failed.map(sayFailure) } };
}

function nameOf(file: string, { path }: RunImport): string {
  return path.length === 0 ? file : `${file} ${renderPath(path)}`;
}

function sayFailure(run: RunImport): string {
  return run.success ? '' : `${renderPath(run.path) || 'The run'}: ${run.error.message}`;
}

function importedSheet(
  name: string,
  result: RunImport,
  around: ImportedFile['notes'],
  now: Exploration,
): readonly Sheet[] {
  if (!result.success) return [];
  const config = Json.parse(result.run.config);
  const exploration: Exploration = { ...now, config, sequence: result.run.sequence };
  return [sheet(name, exploration, config, reportOf(name, result.run, around))];
}

function several(name: string, sheets: readonly Sheet[]): Taken {
  if (sheets.length <= mostSheets) return { sheets, refusal: null };
  const headline = `The first ${mostSheets} of ${sheets.length} runs in ${name} are open. Split the file to see the others.`;
  return { sheets: sheets.slice(0, mostSheets), refusal: { headline, details: [] } };
}

function sheet(
  name: string,
  exploration: Exploration,
  config: JsonObject,
  report: Omit<Brought, 'config'>,
): Sheet {
  return { name, exploration, brought: { ...report, config }, draft: null };
}

function refused(name: string, details: readonly string[], headline = `${name} was not taken.`): Taken {
  return { sheets: [], refusal: { headline, details } };
}
