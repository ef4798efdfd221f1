import { drawPlanTree, type PictureFormat } from '../../visualizations/draw.ts';
import type { RunConfigInput } from '../config/run-config.ts';
import { isPlainObject } from '../json.ts';
import type { SweepAxis } from '../sweep/axes.ts';
import { countSweep, sweepTree } from '../sweep/count-sweep.ts';
import { planSweep, type Sweep, type SweepOptions } from '../sweep/plan-sweep.ts';
import type { Answer } from './answer.ts';
import type { Series } from './answer-series.ts';
import { exitCodes } from './io.ts';
import type { Look } from './look.ts';
import { type AxisText, parseAxis } from './parse-axis.ts';
import { refusalData } from './render-refusal.ts';
import { renderSweep, renderSweepCount, renderTree } from './render-sweep.ts';

/** The axes of a sweep as a command is given them. */
export interface StatedAxes {
  readonly texts: readonly AxisText[];
  readonly listed: readonly unknown[];
}

/** What is asked of a sweep beside its base. */
export interface SweepRequest {
  readonly axes: StatedAxes;
  readonly options: SweepOptions;
}

/** One answer for each combination: its values with its plan, or why it has none. */
export function answerEachPlan(document: unknown, request: SweepRequest): Series {
  const sweep = sweepOf(document, request);
  return { count: sweep.count, answers: answersOf(sweep) };
}

function* answersOf(sweep: Sweep): Generator<Answer> {
  for (const { index, values, result } of sweep)
    yield result.success
      ? { code: exitCodes.fine, data: { index, sweep: values, plan: result.plan } }
      : { code: exitCodes.rejected, data: { index, sweep: values, error: refusalData(result.error) } };
}

/** All combinations in one table. */
export function tabulate(document: unknown, request: SweepRequest, look: Look): Answer {
  const sweep = sweepOf(document, request);
  const { text, rejected } = renderSweep(sweep, look);
  return { ...counted({ rejected }), text: () => text };
}

/** How much a sweep is, without its plans. */
export function answerCount(document: unknown, request: SweepRequest, look: Look): Answer {
  const sweep = sweepOf(document, request);
  const count = countSweep(sweep);
  return { ...counted(count), text: () => renderSweepCount(count, look) };
}

/** The plans of a sweep as a tree, or a picture of it. */
export async function answerTree(
  document: unknown,
  request: SweepRequest,
  format: PictureFormat | undefined,
  look: Look,
): Promise<Answer> {
  const sweep = sweepOf(document, request);
  const tree = sweepTree(sweep);
  const text = format === undefined ? renderTree(tree, look) : await drawPlanTree(tree, format);
  return { ...counted(tree), text: () => text };
}

function counted<Count extends { readonly rejected: number }>(
  data: Count,
): Answer & { readonly data: Count } {
  return { code: data.rejected === 0 ? exitCodes.fine : exitCodes.rejected, data };
}

/** @throws {InvalidSweepError} and {InvalidRunConfigError} as `planSweep` does. */
function sweepOf(document: unknown, { axes, options }: SweepRequest): Sweep {
  const base = isPlainObject(document) ? document : {};
  const stated = [...axes.listed, ...axes.texts.map((text) => parseAxis(text, base))];
  // What is no RunConfig and what is no axis are refused.
  return planSweep(document as RunConfigInput, stated as readonly SweepAxis[], options);
}
