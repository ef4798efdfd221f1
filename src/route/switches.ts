import type { SequenceReading } from '../sequence/reading.ts';

/** The switches of a run: `X_enabled` for each stage and pass X. */
export type Switches = Readonly<Record<string, boolean>>;

/** Reads the switches out of a run; what is not `true` is off. */
export function switchesOf({ switches }: SequenceReading, run: Readonly<Record<string, unknown>>): Switches {
  return Object.fromEntries([...switches.keys()].map((name) => [name, run[name] === true]));
}

/** The switches of a run as a string of 0 and 1, so that runs with equal switches have equal keys. */
export function switchKey({ switches }: SequenceReading, run: Readonly<Record<string, unknown>>): string {
  let key = '';
  for (const name of switches.keys()) key += run[name] === true ? '1' : '0';
  return key;
}

/** The events that switches ask for, sorted, so that equal sets are equal lists. */
export function wantedEvents(reading: SequenceReading, switches: Switches): readonly string[] {
  return [...reading.switches].flatMap(([name, event]) => (switches[name] ? [event] : [])).sort();
}
