import { sequences } from '../../machines/sequences.ts';
import {
  type ComfyModels,
  type CompiledPrompt,
  sayComfyWarning,
  toComfyPrompt,
} from '../compile/comfyui/index.ts';
import {
  sayRefusal,
  sayWebuiWarning,
  toWebuiRequests,
  UncompilablePlanError,
  type WebuiRequest,
} from '../compile/webui/index.ts';
import { documentKind } from '../document-kind.ts';
import { isPlainObject } from '../json.ts';
import { sayWarning } from '../plan/say-warning.ts';
import { countOf } from '../plan/say-work.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import { verifyStagePlan } from '../planner/verify-stage-plan.ts';
import { type Answer, type RefusedAnswer, refuseRun, type Source } from './answer.ts';
import type { CompileTarget } from './compile-targets.ts';
import { comfyCurl, webuiCurl } from './curl-lines.ts';
import { exitCodes } from './io.ts';
import { lines, table, warningCount, warningLines } from './layout.ts';
import type { Look } from './look.ts';
import { type PlanFlags, planOptions, sequenceOptions } from './plan-flags.ts';
import { refusedLines } from './render-refusal.ts';

/** How `stageplan compile` was asked. */
export interface CompileFlags {
  readonly to: CompileTarget;
  readonly format: 'json' | 'curl';
  readonly url?: string;
  readonly fanOut?: boolean;
}

/** What the caller's file of names says. */
export interface CompileNames extends ComfyModels {}

/** A file that was made. */
export interface MadeFile {
  readonly name: string;
  readonly text: string;
}

/** An answer, and the files that hold all of it. */
export interface CompileAnswer extends Answer {
  readonly files?: () => readonly MadeFile[];
}

/** Answers with what a RunConfig or a plan becomes for a backend. */
export function compileDocument(
  document: unknown,
  flags: CompileFlags & PlanFlags,
  names: CompileNames,
  source: Source,
): CompileAnswer {
  const read = planOfDocument(document, flags, source);
  return 'refusal' in read ? read.refusal : compilePlan(read.plan, flags, names, source);
}

/** The plan of a RunConfig, or a plan, which is verified first under the sequence that it names. */
export function planOfDocument(
  document: unknown,
  flags: PlanFlags,
  source: Source,
): { readonly plan: StageExecutionPlan } | { readonly refusal: RefusedAnswer } {
  if (documentKind(document) !== 'plan') {
    const result = safeBuildStagePlan(document, planOptions(flags));
    return result.success
      ? { plan: result.plan }
      : { refusal: refuseRun(result.error, source, planOptions(flags)) };
  }
  const named = isPlainObject(document) && isPlainObject(document.sequence) ? document.sequence.id : null;
  const sequence = Object.values(sequences).find(({ id }) => id === named);
  const verdict = verifyStagePlan(document, {
    ...sequenceOptions(flags),
    ...(sequence !== undefined && { sequence }),
  });
  if (verdict.valid) return { plan: verdict.plan };
  const { problems, more } = verdict;
  const complaint = () =>
    lines(refusedLines(`${source.name} is not a valid plan.`, problems, source.looks.err, more));
  return { refusal: { code: exitCodes.rejected, data: { ...source.place, problems, more }, complaint } };
}

/** Answers with what a plan becomes for a backend. */
export function compilePlan(
  plan: StageExecutionPlan,
  flags: CompileFlags,
  names: CompileNames,
  source: Source,
): CompileAnswer {
  try {
    const { to } = flags;
    if (to === 'comfyui')
      return comfyAnswer(plan, toComfyPrompt(plan, { models: names }), flags, source.looks.out);
    const { detectors = {} } = names;
    const fanOut = flags.fanOut === true;
    return webuiAnswer(
      plan,
      toWebuiRequests(plan, { target: to, fanOut, detectors }),
      flags,
      source.looks.out,
    );
  } catch (error) {
    if (!(error instanceof UncompilablePlanError)) throw error;
    return refuseTarget(error, source);
  }
}

function webuiAnswer(
  plan: StageExecutionPlan,
  requests: readonly WebuiRequest[],
  { format, url = 'http://127.0.0.1:7860' }: CompileFlags,
  look: Look,
): CompileAnswer {
  if (format === 'curl') return scriptAnswer(webuiCurl(requests, url));
  return {
    code: exitCodes.fine,
    data: requests,
    text: () =>
      tableOf(
        'request',
        ['request', 'POST', 'takes', 'looks for'],
        requests.map(requestRow),
        [
          ...plan.warnings.map(sayWarning),
          ...requests.flatMap(({ warnings }) => warnings.map(sayWebuiWarning)),
        ],
        look,
      ),
    files: () => requests.map((request) => ({ name: `${request.id}.json`, text: json(request) })),
  };
}

function requestRow({ id, path, image_from, checks }: WebuiRequest): readonly string[] {
  const taken = image_from === null ? 'nothing' : sayImage(image_from);
  return [id, path, taken, [...new Set(checks.map(({ code }) => code))].join(', ')];
}

function sayImage(from: NonNullable<WebuiRequest['image_from']>): string {
  if (from.source === 'external') return from.image ?? 'an image';
  return from.image === 0 ? from.id : `image ${from.image + 1} of ${from.id}`;
}

function comfyAnswer(
  plan: StageExecutionPlan,
  compiled: CompiledPrompt,
  { format, url = 'http://127.0.0.1:8188' }: CompileFlags,
  look: Look,
): CompileAnswer {
  const { prompt, warnings } = compiled;
  if (format === 'curl') return scriptAnswer(comfyCurl(prompt, url));
  return {
    code: exitCodes.fine,
    data: compiled,
    text: () =>
      tableOf(
        'node',
        ['node', 'class'],
        Object.entries(prompt).map(([id, { class_type }]) => [id, class_type]),
        [...plan.warnings.map(sayWarning), ...warnings.map(sayComfyWarning)],
        look,
      ),
    files: () => [{ name: 'prompt.json', text: json(prompt) }],
  };
}

function scriptAnswer(script: string): CompileAnswer {
  const files = () => [{ name: 'run.sh', text: script }];
  return { code: exitCodes.fine, data: { script }, text: () => script, files };
}

function tableOf(
  thing: string,
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  warnings: readonly string[],
  look: Look,
): string {
  return lines([
    table(
      heading,
      rows.map((cells) => ({ cells })),
      look,
    ),
    '',
    ...warningLines(warnings, look),
    [countOf(rows.length, thing), ...warningCount(warnings)].join(', '),
  ]);
}

function refuseTarget(error: UncompilablePlanError, { name, place, looks }: Source): Answer {
  const { name: type, message, target, refusals } = error;
  const reasons = refusals.map((refusal) => ({
    message: `${refusal.stage_id}: ${sayRefusal(refusal, target)}`,
  }));
  return {
    code: exitCodes.rejected,
    data: { ...place, error: { name: type, message, target, refusals } },
    complaint: () => lines(refusedLines(`${name} cannot be done by ${target}.`, reasons, looks.err)),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
