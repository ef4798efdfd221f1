import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import { remember } from '../sequence/remember.ts';
import { planFinished, type StageSequence, subjectName } from '../sequence/sequence.ts';

/** The switches of a run: `X_enabled` for each stage and pass X. */
export type Switches = Readonly<Record<string, boolean>>;

/** The switch that asks for an event: `stage.X` and `pass.X` are wanted when `X_enabled` is true. */
export function switchOf(event: string): string {
  return `${subjectName(event)}_enabled`;
}

/** Reads the switches out of a run; what is not `true` is off. */
export function switchesOf(sequence: StageSequence, run: Readonly<Record<string, unknown>>): Switches {
  const switches: Record<string, boolean> = {};
  for (const name of eventBySwitch(sequence).keys()) switches[name] = run[name] === true;
  return switches;
}

/** The events that a run wants, sorted, so that equal sets are equal lists. */
export function wantedEvents(sequence: StageSequence, switches: Switches): readonly string[] {
  const wanted = new Set<string>();
  for (const [name, event] of eventBySwitch(sequence)) if (switches[name]) wanted.add(event);
  if (hiresBecomesUpscale(switches)) {
    wanted.delete('pass.hires');
    wanted.add('stage.upscale');
  }
  return [...wanted].sort();
}

/**
 * Tells whether hires fix is asked for where no txt2img can do it, so that an upscale after img2img stands in.
 *
 * The one exception to the naming rule. Source: seed PR-089, 3.2 ("upscale_enabled or hires-upscale config").
 */
export function hiresBecomesUpscale(run: Readonly<Record<string, unknown>>): boolean {
  return run.hires_enabled === true && run.img2img_enabled === true && run.txt2img_enabled !== true;
}

/** The canonical switches are known under every sequence, so that none is passed over in silence. */
const eventBySwitch = remember((sequence): ReadonlyMap<string, string> => {
  const events = [...canonicalSequence.events, ...sequence.events].filter((event) => event !== planFinished);
  return new Map(events.map((event) => [switchOf(event), event]));
});
