import type { SequencePolicies, StageSequence } from '../../src/index.ts';
import { subjectOf } from '../../src/sequence/events.ts';
import type { ReachableState } from '../../src/sequence/reachable-states.ts';
import { readSequence } from '../../src/sequence/reading.ts';

interface Prefix {
  readonly state: ReachableState;
  readonly events: readonly string[];
}

function lastStage({ events }: Prefix): string | undefined {
  return events.findLast((taken) => taken.startsWith('stage.'));
}

/** What must be true of every way into the canonical sequence, at each of its steps. Each is false for some other machine. */
const invariants: Readonly<Record<string, (before: Prefix, event: string, after: Prefix) => boolean>> = {
  'nothing but the end follows ADetailer': (before, event) =>
    !before.events.includes('stage.adetailer') || event === 'plan.finished',
  'no upscale before generation': (before, event) =>
    !['stage.txt2img', 'stage.img2img'].includes(event) || !before.events.includes('stage.upscale'),
  'the refiner only inside txt2img': (before, event) =>
    event !== 'pass.refiner' || lastStage(before) === 'stage.txt2img',
  'hires fix only inside txt2img, or inside the enlarging of a redrawn existing image': (
    before,
    event,
    after,
  ) =>
    event !== 'pass.hires' ||
    lastStage(before) === 'stage.txt2img' ||
    (before.events[0] === 'stage.img2img' && after.state.outer.stage_type === 'upscale'),
  'the refiner before hires fix': (before, event) =>
    event !== 'pass.refiner' || !before.events.includes('pass.hires'),
  'no event twice': (before, event) => !before.events.includes(event),
  'no plan without a stage': (before, event) => event !== 'plan.finished' || before.events.length > 0,
  'the end ends the plan, and nothing else does': (_before, event, after) =>
    (event === 'plan.finished') === after.state.final,
  'each stage and pass enters a state of its own kind': (_before, event, after) => {
    const { stage, pass } = subjectOf(event);
    const { outer, inner } = after.state;
    return (
      event === 'plan.finished' || ((stage === null || outer.stage_type === stage) && inner.pass === pass)
    );
  },
  'each stage takes what the one before it gives': (before, event, after) => {
    const { pass } = subjectOf(event);
    const begins = after.state.outer.stage_type !== before.state.outer.stage_type;
    if (begins) return before.events.length === 0 || after.state.outer.takes === before.state.outer.gives;
    return pass === null || after.state.inner.takes === before.state.inner.gives;
  },
};

/** The invariants that some path breaks, each with a path that breaks it. Follows each path until it breaks one. */
export function brokenInvariants(sequence: StageSequence, policies: SequencePolicies): readonly string[] {
  const broken = new Set<string>();
  const waiting: Prefix[] = readSequence(sequence, policies)
    .states.slice(0, 1)
    .map((state) => ({ state, events: [] }));
  for (const before of waiting) {
    for (const [event, state] of before.state.moves) {
      const after = { state, events: [...before.events, event] };
      const breaks = Object.keys(invariants).filter((name) => !invariants[name]?.(before, event, after));
      for (const name of breaks) broken.add(`${name}: ${after.events.join(', ')}`);
      if (breaks.length === 0) waiting.push(after);
    }
  }
  return [...broken];
}
