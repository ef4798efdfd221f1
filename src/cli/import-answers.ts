import {
  attemptImport,
  type ImportError,
  type ImportedRun,
  type ImportNote,
  type ImportOptions,
  importFile,
  isLossy,
  maxImageSize,
  type Path,
  UnreadableImageError,
  UnreadableInputError,
} from '../import/index.ts';
import { renderPath } from '../path.ts';
import { safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { type Answer, refuse, type Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { renderPlan } from './render-plan.ts';
import { lines } from './render-refusal.ts';

/** The largest file that is imported, in bytes. Text has a smaller limit of its own. */
export const largestImport = maxImageSize;

type BytesAnswerer = (bytes: Uint8Array, source: Source) => Answer;

/** Answers with the RunConfigs of a file and the notes on them. */
export function importer(options: ImportOptions): BytesAnswerer {
  return (bytes, source) =>
    answerRuns(bytes, options, source, (run) => ({
      code: exitCodes.fine,
      data: run,
      text: renderImport(run),
    }));
}

/** Answers with the plans of a file, and on standard error with what was lost on the way. */
export function importPlanner(options: ImportOptions, planOptions: PlanOptions): BytesAnswerer {
  return (bytes, source) =>
    answerRuns(bytes, options, source, (run, place) => {
      const result = safeBuildStagePlan(run.config, planOptions);
      if (!result.success) return refuse(result.error, place);
      const losses = run.notes.filter(isLossy);
      const complaint =
        losses.length === 0 ? {} : { complaint: lines([`${place.name}:`, ...noteLines(losses)]) };
      return { code: exitCodes.fine, data: result.plan, text: renderPlan(result.plan), ...complaint };
    });
}

type RunAnswerer = (run: ImportedRun, source: Source) => Answer;

function answerRuns(
  bytes: Uint8Array,
  options: ImportOptions,
  source: Source,
  answerRun: RunAnswerer,
): Answer {
  const attempt = attemptImport(() => importFile(bytes, options));
  if (!attempt.success) return refuseImport(attempt.error, source);
  const { runs, notes } = attempt.result;
  const answers = runs.map((result) => {
    const place = { ...source, name: nameOf(source.name, result.path) };
    return result.success ? answerRun(result.run, place) : refuseImport(result.error, place);
  });
  const [only] = answers;
  return answers.length === 1 && only !== undefined ? only : joined(answers, notes);
}

function joined(answers: readonly Answer[], notes: readonly ImportNote[]): Answer {
  const complaints = [
    ...answers.flatMap(({ complaint }) => complaint ?? []),
    ...noteLines(notes).map((line) => `${line}\n`),
  ];
  return {
    code: Math.max(...answers.map(({ code }) => code)),
    data: answers.map(({ data }) => data),
    text: answers.flatMap(({ text }) => text ?? []).join('\n'),
    ...(complaints.length > 0 && { complaint: complaints.join('') }),
  };
}

/** An input that cannot be read is wrong usage; one that is read and not taken is rejected. */
function refuseImport(error: ImportError, { name, place }: Source): Answer {
  const { name: type, message, ...fields } = error;
  const unusable = error instanceof UnreadableInputError || error instanceof UnreadableImageError;
  return {
    code: unusable ? exitCodes.unusable : exitCodes.rejected,
    data: { ...place, error: { name: type, message, ...fields } },
    complaint: lines([`${name} cannot be imported.`, ...message.split('\n').map((line) => `  ${line}`)]),
  };
}

function nameOf(file: string, path: Path): string {
  return path.length === 0 ? file : `${file} ${renderPath(path)}`;
}

/** For people: the stages that are on, what was lost, and how much was noted besides. */
function renderImport({ writer, config, notes }: ImportedRun): string {
  const switches = Object.entries(config).filter(
    ([key, value]) => key.endsWith('_enabled') && value === true,
  );
  const on = switches.map(([key]) => key.replace('_enabled', '')).join(', ');
  const losses = notes.filter(isLossy);
  const others = notes.length - losses.length;
  return lines([`${writer}: ${on}`, ...noteLines(losses), `  ${others} further notes: see --json`]);
}

function noteLines(notes: readonly ImportNote[]): readonly string[] {
  return notes.map(({ code, message }) => `  ${code.padEnd(13)} ${message}`);
}
