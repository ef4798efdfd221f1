import { isPolicyName, policies } from '../../machines/policies.ts';
import { type Fix, type StageExecutionPlan, saySize } from '../../src/index.ts';
import { allOf } from '../../src/joined.ts';
import { countOf } from '../../src/plan/say-work.ts';
import { sayAdvice, sayPlace } from '../../src/route/sentences.ts';
import { subjectName } from '../../src/sequence/events.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import type { Verdict } from './verdict.ts';

/** What is wrong, in the user's words, the first of it first. Empty: there is a plan. */
export function problemsOf(verdict: Verdict, reading: SequenceReading): readonly string[] {
  switch (verdict.kind) {
    case 'planned':
      return [];
    case 'rejected':
      return verdict.explanation.rejections.map((rejection) => sayAdvice(rejection, reading));
    case 'invalid':
      return verdict.error.problems.map(({ message }) => message);
  }
}

/** How the machine sees what is wrong, each once. */
export function walksOf(verdict: Verdict, reading: SequenceReading): readonly string[] {
  if (verdict.kind !== 'rejected') return [];
  return [
    ...new Set(verdict.explanation.rejections.flatMap((rejection) => sayPlace(rejection, reading) ?? [])),
  ];
}

/** What runs, as a whole: "Runs 4 stages, 832 x 1216 to 2496 x 3648, 2 images". */
export function sayRun({ stages }: StageExecutionPlan): string {
  const [first] = stages;
  const last = stages.at(-1);
  if (first === undefined || last === undefined) return '';
  const begins = first.input_size ?? sizeOf(first.stage_config);
  const sizes =
    begins === null ? saySize(last.output_size) : `${saySize(begins)} to ${saySize(last.output_size)}`;
  return `Runs ${countOf(stages.length, 'stage')}, ${sizes}, ${countOf(last.images_out, 'image')}.`;
}

/** The size that a generation from nothing begins with. */
function sizeOf(config: StageExecutionPlan['stages'][number]['stage_config']) {
  if (!('width' in config) || config.width === null || config.height === null) return null;
  return { width: config.width, height: config.height };
}

/** One stage that runs, the passes in it, and what is unusual about its being there. */
export interface RunningStage {
  readonly stage: string;
  readonly passes: readonly string[];
  readonly remark: string | null;
}

/** The stages that run, in their order. */
export function runningStages({ stages, decisions }: StageExecutionPlan): readonly RunningStage[] {
  return stages.map(({ id, stage_type }) => {
    const own = decisions.filter((decision) => decision.outcome !== 'skipped' && decision.stage_id === id);
    return {
      stage: stage_type,
      passes: own.flatMap(({ pass }) => pass ?? []),
      remark: own.flatMap(remarkOn)[0] ?? null,
    };
  });
}

function remarkOn(decision: StageExecutionPlan['decisions'][number]): readonly string[] {
  if (decision.reason === 'order_repaired') return [`repaired: stated at ${decision.stated_index + 1}`];
  return decision.reason === 'opened_by_pass' ? [`stands in for ${decision.by}`] : [];
}

/** What a fix does, in the words of the switches: "Switch img2img on", "Allow: An upscale alone is a plan". */
export function sayFixInSwitches({ change, options }: Fix, { switches }: SequenceReading): string {
  const fields = Object.entries(change);
  const turned = (to: boolean) =>
    fields.flatMap(([field, value]) => (value === to ? [subjectName(switches.get(field) ?? field)] : []));
  const turn = (to: boolean) =>
    turned(to).length === 0 ? [] : [`switch ${allOf(turned(to))} ${to ? 'on' : 'off'}`];
  const said = [
    ...Object.keys(options)
      .filter(isPolicyName)
      .map((name) => `allow: ${policies[name].label}`),
    ...turn(true),
    ...turn(false),
    ...fields.flatMap(([field, value]) =>
      typeof value === 'boolean' ? [] : [`set ${field} to ${value.join(', ')}`],
    ),
  ].join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
