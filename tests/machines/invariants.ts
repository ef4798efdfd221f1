import type { SequencePolicies, StageSequence } from '../../src/index.ts';
import { explore, type ReachableState } from '../../src/sequence/reachable-states.ts';
import { metasOf, subjectOf } from '../../src/sequence/sequence.ts';

interface Prefix {
  readonly state: ReachableState;
  readonly events: readonly string[];
}

/** What must be true of every way into the canonical sequence, at each of its steps. Each is false for some other machine. */
const invariants: Readonly<Record<string, (before: Prefix, event: string, after: Prefix) => boolean>> = {
  'nothing but the end follows ADetailer': (before, event) =>
    !before.events.includes('stage.adetailer') || event === 'plan.finished',
  'no upscale before generation': (before, event) =>
    !['stage.txt2img', 'stage.img2img'].includes(event) || !before.events.includes('stage.upscale'),
  'refiner and hires fix only inside txt2img': (before, event) =>
    subjectOf(event).pass === null ||
    before.events.findLast((taken) => taken.startsWith('stage.')) === 'stage.txt2img',
  'the refiner before hires fix': (before, event) =>
    event !== 'pass.refiner' || !before.events.includes('pass.hires'),
  'no event twice': (before, event) => !before.events.includes(event),
  'no plan without a stage': (before, event) => event !== 'plan.finished' || before.events.length > 0,
  'the end ends the plan, and nothing else does': (_before, event, after) =>
    (event === 'plan.finished') === (after.state.snapshot.status === 'done'),
  'each stage and pass enters a state of its own kind': (_before, event, after) => {
    const { stage, pass } = subjectOf(event);
    const metas = metasOf(after.state.snapshot);
    return (
      (stage === null || metas[0]?.stage_type === stage) && (pass === null || metas.at(-1)?.pass === pass)
    );
  },
  'each stage takes what the one before it gives': (before, event, after) => {
    const { stage, pass } = subjectOf(event);
    const [given, taken] = [metasOf(before.state.snapshot), metasOf(after.state.snapshot)];
    if (stage !== null) return before.events.length === 0 || taken[0]?.takes === given[0]?.gives;
    return pass === null || taken.at(-1)?.takes === given.at(-1)?.gives;
  },
};

/** The invariants that some path breaks, each with a path that breaks it. Follows each path until it breaks one. */
export function brokenInvariants(sequence: StageSequence, policies: SequencePolicies): readonly string[] {
  const broken = new Set<string>();
  const waiting: Prefix[] = explore(sequence, policies)
    .slice(0, 1)
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
