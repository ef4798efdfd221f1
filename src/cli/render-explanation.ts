import { sayWarning } from '../plan/say-warning.ts';
import type { StagePlanExplanation } from '../planner/explain-stage-plan.ts';
import { sayDecision } from '../route/sentences.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { fine, lines, table, verdict, warningLines, wrong } from './layout.ts';
import type { Look } from './look.ts';
import { invalidLines, placeLines, rejectedLines, whyHeading } from './render-refusal.ts';

/** An explanation for people: what runs, or what to do; and under "Why" what the machine makes of each stage and pass. */
export function renderExplanation(
  name: string,
  explanation: StagePlanExplanation,
  reading: SequenceReading,
  look: Look,
): string {
  return lines([...(explanation.legal ? planned : refused)(name, explanation, reading, look)]);
}

function planned(
  name: string,
  explanation: StagePlanExplanation,
  reading: SequenceReading,
  look: Look,
): readonly string[] {
  const { decisions, warnings } = explanation;
  return [
    verdict(fine, `${name} has a plan${sayRepair(decisions)}: ${sayRunning(decisions)}.`, look),
    ...warningLines(warnings.map(sayWarning), look),
    ...whyLines(explanation, reading, look),
  ];
}

function refused(
  name: string,
  explanation: StagePlanExplanation,
  reading: SequenceReading,
  look: Look,
): readonly string[] {
  if (explanation.decisions.length === 0) return invalidLines(name, explanation, look);
  return [...rejectedLines(name, explanation, reading, look), ...whyLines(explanation, reading, look)];
}

type Decisions = StagePlanExplanation['decisions'];

function sayRepair(decisions: Decisions): string {
  return decisions.some(({ outcome }) => outcome === 'moved') ? ', its stage_order repaired' : '';
}

/** What runs, each stage with the passes inside it: "txt2img (refiner, hires), upscale". */
function sayRunning(decisions: Decisions): string {
  const running = decisions.flatMap((decision) => ('stage_id' in decision ? [decision] : []));
  return running
    .flatMap(({ stage, stage_id }) => {
      if (stage === null) return [];
      const passes = running.flatMap(({ pass, stage_id: carrier }) =>
        pass !== null && carrier === stage_id ? [pass] : [],
      );
      return passes.length === 0 ? [stage] : [`${stage} (${passes.join(', ')})`];
    })
    .join(', ');
}

const marks = { planned: fine, moved: fine, skipped: '-', rejected: wrong } as const;

/** Where the walk through the machine ended, and every decision. */
function whyLines(
  { decisions, rejections, sequence_id }: StagePlanExplanation,
  reading: SequenceReading,
  look: Look,
): readonly string[] {
  const rows = decisions.map((decision) => {
    const { outcome } = decision;
    const cells = [
      marks[outcome],
      String(decision.stage ?? decision.pass),
      outcome,
      sayDecision(decision, sequence_id),
    ];
    return { cells, skipped: outcome === 'skipped' };
  });
  const places = placeLines({ rejections }, reading, look);
  return [
    ...whyHeading(look),
    ...(places.length === 0 ? [] : [...places, '']),
    table(['', 'stage', 'outcome', 'reason'], rows, look),
  ];
}
