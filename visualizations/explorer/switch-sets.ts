import { routeThrough } from '../../src/route/route.ts';
import { switchOf } from '../../src/sequence/events.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import { stagesOf } from '../../src/sequence/walk.ts';

/** Switches by key, on or off. */
export type SwitchSet = Readonly<Record<string, boolean>>;

/** Every set of a sequence's switches: the rows differ in the first half of them, the columns in the second. */
export interface SwitchTable {
  readonly across: readonly string[];
  readonly down: readonly string[];
  readonly columns: readonly SwitchSet[];
  readonly rows: readonly SwitchSet[];
}

/** A table of more sets than people look through would only be slow. */
const mostSwitches = 8;

/** The table of a sequence, or `null` where it would be too large. */
export function switchTable(reading: SequenceReading): SwitchTable | null {
  const names = reading.runningOrder.map(switchOf);
  if (names.length > mostSwitches) return null;
  const half = Math.floor(names.length / 2);
  const [down, across] = [names.slice(0, half), names.slice(half)];
  return { across, down, columns: subsets(across), rows: subsets(down) };
}

/** How many stages the machine plans for a set of switches. 0: it has no plan for them. */
export function plannedStages(switches: SwitchSet, reading: SequenceReading): number {
  const route = routeThrough(reading, switches, { order: 'reject', openable: [] });
  return route.legal ? stagesOf(route.walk).length : 0;
}

function subsets(names: readonly string[]): readonly SwitchSet[] {
  return names
    .toReversed()
    .reduce<readonly SwitchSet[]>(
      (sets, name) => [false, true].flatMap((on) => sets.map((set) => ({ [name]: on, ...set }))),
      [{}],
    );
}
