import { renderPath } from '../path.ts';
import { switchNamed } from '../sequence/events.ts';
import { type ImportNote, noteAt, type Path } from './note.ts';
import { stages } from './read-switches.ts';
import type { OrderReading, Reading, SwitchReading } from './reading.ts';

/** Which stages are on, and a note on every switch that says otherwise. */
export interface SettledSwitches {
  readonly switches: Readonly<Record<string, boolean>>;
  readonly notes: readonly ImportNote[];
}

/**
 * Decides which stages are on. A job record's list of stages counts; without one, flags and sections do.
 *
 * Source: the sequencer of StableNew V2.5. txt2img needs its flag and its section, each on where it is absent; any
 * other stage needs its flag or its section.
 */
export function settleSwitches(readings: readonly Reading[]): SettledSwitches {
  const list = readings.find((reading) => reading.kind === 'order');
  const decided = stages.map((stage) => {
    const said = readings.filter((reading) => reading.kind === 'switch').filter((r) => r.stage === stage);
    return { stage, said, ...(list === undefined ? byFlags(stage, said) : byList(stage, list)) };
  });
  return {
    switches: Object.fromEntries(decided.map(({ stage, on }) => [switchNamed(stage), on])),
    notes: decided.flatMap(({ stage, said, on, because }) => [
      ...(because === undefined
        ? assumed(stage, on)
        : said.flatMap((reading) => noteOn(reading, on, because))),
    ]),
  };
}

interface Decided {
  readonly on: boolean;
  /** Where the input says so. Nowhere: it is the rule. */
  readonly because: Path | undefined;
}

const onUnlessSwitchedOff = 'txt2img';

function byList(stage: string, list: OrderReading): Decided {
  const entry = list.stages.find((listed) => listed.stage === stage && listed.on);
  return { on: entry !== undefined, because: entry?.path ?? list.path };
}

function byFlags(stage: string, said: readonly SwitchReading[]): Decided {
  const flag = said.find(({ source }) => source === 'flag');
  const sections = said.filter(({ source }) => source === 'section');
  const counted = flag === undefined ? sections : [flag, ...sections];
  const decisive = stage !== onUnlessSwitchedOff;
  const decider = counted.find(({ on }) => on === decisive);
  if (decider !== undefined) return { on: decisive, because: decider.path };
  return { on: !decisive, because: counted[0]?.path };
}

function assumed(stage: string, on: boolean): readonly ImportNote[] {
  if (!on) return [];
  return [noteAt([switchNamed(stage)], 'defaulted', 'is true: no switch says otherwise')];
}

function noteOn({ on, stage, path }: SwitchReading, taken: boolean, because: Path): readonly ImportNote[] {
  const word = (value: boolean) => (value ? 'on' : 'off');
  if (on !== taken) {
    return [
      noteAt(
        path,
        'contradicted',
        `says ${word(on)}, but ${stage} is ${word(taken)} by ${renderPath(because)}`,
      ),
    ];
  }
  if (path.at(-1) === switchNamed(stage)) return [];
  return [noteAt(path, 'renamed', `is ${stage}_enabled here`)];
}
