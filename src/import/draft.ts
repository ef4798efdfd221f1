import type { SequenceName } from '../../machines/sequences.ts';
import type { Reading } from './reading.ts';

/** What a reader makes of an input, before it is settled: what it says, and which stages and passes it decides on. */
export interface Draft {
  readonly readings: readonly Reading[];
  readonly decided: Readonly<Record<string, unknown>>;
  /** The shipped sequence that has the order in which the stages ran. Default: the canonical one. */
  readonly sequence?: SequenceName;
}

/** The stages and passes of a run. What is left out is off. */
export interface Switches {
  readonly img2img?: boolean;
  readonly upscale?: boolean;
  readonly adetailer?: boolean;
  readonly hires?: boolean;
  readonly refiner?: boolean;
}

/** The switches as the RunConfig has them. A run generates from nothing unless it starts from a picture. */
export function decide({ img2img, upscale, adetailer, hires, refiner }: Switches): Draft['decided'] {
  return {
    txt2img_enabled: img2img !== true,
    img2img_enabled: img2img === true,
    upscale_enabled: upscale === true,
    adetailer_enabled: adetailer === true,
    hires_enabled: hires === true,
    refiner_enabled: refiner === true,
  };
}

/** Tells whether any reading fills a field under this key: a section, or a field of the run itself. */
export function fills(readings: readonly Reading[], key: string): boolean {
  return readings.some((reading) => reading.kind === 'field' && reading.field[0] === key);
}
