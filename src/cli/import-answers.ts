import { everythingAllowed } from '../../machines/policies.ts';
import { sequences } from '../../machines/sequences.ts';
import {
  attemptImport,
  type ImportError,
  type ImportedFile,
  type ImportedRun,
  type ImportNote,
  type ImportOptions,
  importFile,
  isLossy,
  lossyNoteCodes,
  maxImageSize,
  type NoteCode,
  type Path,
  UnreadableImageError,
  UnreadableInputError,
} from '../import/index.ts';
import { listFirst, moreLines } from '../listed.ts';
import { renderPath, valueAt } from '../path.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import { subjectName, switchNamed } from '../sequence/events.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { readSequence } from '../sequence/reading.ts';
import { visible } from '../visible.ts';
import { type Answer, refuseRun, type Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { largest } from './largest.ts';
import { hanging, heading, lines } from './layout.ts';
import type { Look } from './look.ts';
import { renderPlan } from './render-plan.ts';
import { refusedLines } from './render-refusal.ts';

/** The largest file that is imported, in bytes. Text has a smaller limit of its own. */
export const largestImport = maxImageSize;

type BytesAnswerer = (bytes: Uint8Array, source: Source) => Answer;

/** Answers with the run of a file, or the list of its runs, and the notes on them. */
export function importer(options: ImportOptions): BytesAnswerer {
  return (bytes, source) => answerRuns(bytes, options, source, runAnswer, joined);
}

/** Answers in the same way, with an object where a file has several runs, so that it can stand beside others. */
export function listImporter(options: ImportOptions): BytesAnswerer {
  return (bytes, source) => answerRuns(bytes, options, source, runAnswer, listed);
}

function runAnswer(run: ImportedRun, { looks }: Source): Answer {
  return { code: exitCodes.fine, data: run, text: () => renderImport(run, looks.out) };
}

/** The runs of a file as one object, with the notes on what stands around them. */
function listed(answers: readonly Answer[], notes: readonly ImportNote[], source: Source): Answer {
  return { ...joined(answers, notes, source), data: { runs: answers.map(({ data }) => data), notes } };
}

/** Answers with the plans of a file, by the sequence that has their order, and on standard error with what was lost on the way. */
export function importPlanner(
  options: ImportOptions,
  planOptions: PlanOptions,
  answerPlan: (plan: StageExecutionPlan, source: Source) => Answer = planAnswer,
): BytesAnswerer {
  return (bytes, source) => answerRuns(bytes, options, source, answerRun, joined);

  function answerRun(run: ImportedRun, place: Source): Answer {
    const result = safeBuildStagePlan(run.config, { sequence: run.sequence, ...planOptions });
    if (!result.success) return refuseRun(result.error, place, { sequence: run.sequence, ...planOptions });
    const losses = run.notes.filter(isLossy);
    const complaint =
      losses.length === 0
        ? {}
        : {
            complaint: () =>
              lines([heading(`${place.name}:`, place.looks.err), ...noteLines(losses, place.looks.err)]),
          };
    const answer = answerPlan(result.plan, place);
    return { ...complaint, ...answer };
  }
}

function planAnswer(plan: StageExecutionPlan, { looks }: Source): Answer {
  return { code: exitCodes.fine, data: plan, text: () => renderPlan(plan, looks.out) };
}

type RunAnswerer = (run: ImportedRun, source: Source) => Answer;

function answerRuns(
  bytes: Uint8Array,
  options: ImportOptions,
  source: Source,
  answerRun: RunAnswerer,
  join: (answers: readonly Answer[], notes: readonly ImportNote[], source: Source) => Answer,
): Answer {
  const attempt = attemptImport(() => importFile(bytes, options));
  if (!attempt.success) return refuseImport(attempt.error, source);
  const { runs, notes } = withNotesOfOne(attempt.result);
  const answers = runs.map((result) => {
    const place = { ...source, name: nameOf(source.name, result.path) };
    return result.success ? answerRun(result.run, place) : refuseImport(result.error, place);
  });
  const [only] = answers;
  return answers.length === 1 && only !== undefined ? only : join(answers, notes, source);
}

/** The one run of a file is told with the notes on what stands around it. */
function withNotesOfOne({ runs, notes }: ImportedFile): ImportedFile {
  const [only] = runs;
  if (runs.length !== 1 || only?.success !== true) return { runs, notes };
  return { notes: [], runs: [{ ...only, run: { ...only.run, notes: [...notes, ...only.run.notes] } }] };
}

function joined(answers: readonly Answer[], notes: readonly ImportNote[], { looks }: Source): Answer {
  return {
    code: worstOf(answers),
    data: answers.map(({ data }) => data),
    text: () => answers.flatMap(({ text }) => text?.() ?? []).join('\n'),
    complaint: () =>
      [
        ...answers.flatMap(({ complaint }) => complaint?.() ?? []),
        ...(notes.length === 0 ? [] : [lines(noteLines(notes, looks.err))]),
      ].join('\n'),
  };
}

function worstOf(answers: readonly Answer[]): number {
  return largest(answers.map(({ code }) => code));
}

/** An input that cannot be read is wrong usage; one that is read and not taken is rejected. */
function refuseImport(error: ImportError, { name, place, looks }: Source): Answer {
  const { name: type, message, ...fields } = error;
  const unusable = error instanceof UnreadableInputError || error instanceof UnreadableImageError;
  return {
    code: unusable ? exitCodes.unusable : exitCodes.rejected,
    data: { ...place, error: { name: type, message, ...fields } },
    complaint: () =>
      lines(
        refusedLines(
          `${name} cannot be imported.`,
          message.split('\n').map((line) => ({ message: line })),
          looks.err,
        ),
      ),
  };
}

function nameOf(file: string, path: Path): string {
  return path.length === 0 ? file : `${file} ${renderPath(path)}`;
}

/** What people are shown behind losses and inventions: not where a name is only another one. */
const shownCodes: readonly NoteCode[] = ['converted', 'ignored'];

/** For people: who wrote it, the stages that are on, what was lost, invented and changed, and how much there is besides. */
function renderImport(run: ImportedRun, look: Look): string {
  const { notes } = run;
  const order = run.sequence === 'canonical' ? '' : `, in the order of ${run.sequence}`;
  return lines([
    heading(`${writerOf(run)}: ${partsOn(run).join(', ')}${order}`, look),
    ...noteLines(notes.filter(isLossy), look),
    ...inventedLines(run, look),
    ...shownCodes.flatMap((shown) =>
      noteLines(
        notes.filter(({ code }) => code === shown),
        look,
      ),
    ),
    '',
    hanging('', `${countOf(notes)}: --json has them all`, look),
  ]);
}

/** The stages and passes that are on, in the order in which its sequence runs them. */
function partsOn({ config, sequence }: ImportedRun): readonly string[] {
  const values = new Map<string, unknown>(Object.entries(config));
  return readSequence(sequences[sequence], everythingAllowed)
    .runningOrder.map(subjectName)
    .filter((part) => values.get(switchNamed(part)) === true);
}

function writerOf({ writer, version, certainty }: ImportedRun): string {
  const named = version === null ? writer : `${writer} ${version}`;
  return visible(certainty === 'certain' ? named : `${named} (by its keys)`);
}

/** The values that no input says, one line for each part of the run. */
function inventedLines({ config, notes }: ImportedRun, look: Look): readonly string[] {
  const parts = new Map<string, string[]>();
  for (const { path, code } of notes) {
    if (code !== 'defaulted') continue;
    const part = renderPath(path.slice(0, -1)) || 'run';
    const said = `${path.at(-1)} ${JSON.stringify(valueAt(config, path))}`;
    parts.set(part, [...(parts.get(part) ?? []), said]);
  }
  return [...parts].map(([part, values]) => noteLine('defaulted', `${part}: ${values.join(', ')}`, look));
}

const groups: readonly (readonly [codes: readonly NoteCode[], word: string])[] = [
  [lossyNoteCodes, 'lost or in doubt'],
  [['defaulted'], 'defaulted'],
  [['converted'], 'converted'],
  [['renamed'], 'renamed'],
  [['ignored', 'not_set'], 'without effect'],
];

function countOf(notes: readonly ImportNote[]): string {
  const counts = groups.map(([codes, word]) => {
    const count = notes.filter(({ code }) => codes.some((each) => each === code)).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.flat().join(', ');
}

/** The first notes, a line for each: of a hostile input there may be a hundred thousand. */
function noteLines(notes: readonly ImportNote[], look: Look): readonly string[] {
  const { first, more } = listFirst(notes);
  return [
    ...first.map(({ code, message }) => noteLine(code, message, look)),
    ...moreLines(more).map((line) => hanging('  ', line, look)),
  ];
}

function noteLine(code: NoteCode, text: string, look: Look): string {
  return hanging(`  ${code.padEnd(13)} `, visible(text), look);
}
