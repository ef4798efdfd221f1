import type { Io } from './io.ts';

/** How far a command has come. */
export interface Progress {
  readonly done: number;
  readonly rejected: number;
  /** How much of all there is has been taken: 0 to 1. null: nobody knows how much there is. */
  readonly share: number | null;
}

/** Shows how far a command has come, now and then, and once more at its end. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly end: (progress: Progress) => void;
}

/** The time between two lines, in milliseconds. */
const pause = 250;

/** A line on standard error that is written over and over, where that is a terminal and what is printed goes elsewhere. */
export function progressLine({ rewrite, terminal }: Io): ProgressLine {
  if (rewrite === undefined || terminal) return { show: () => {}, end: () => {} };
  const start = performance.now();
  let last = start;
  const say = (progress: Progress) => sayProgress(progress, (performance.now() - start) / 1000);
  return {
    show: (progress) => {
      if (performance.now() - last < pause) return;
      last = performance.now();
      rewrite(say(progress));
    },
    end: (progress) => {
      if (progress.done > 0) rewrite(`${say(progress)}\n`);
    },
  };
}

/** "12,000 done, 3 rejected, 8,100 a second, 7 s left". */
export function sayProgress({ done, rejected, share }: Progress, seconds: number): string {
  const rate = Math.round(done / Math.max(seconds, 0.001));
  const left = share === null || share === 0 || share === 1 ? null : (seconds / share) * (1 - share);
  return [
    `${number(done)} done`,
    ...(rejected > 0 ? [`${number(rejected)} rejected`] : []),
    `${number(rate)} a second`,
    ...(left === null ? [] : [`${sayTime(left)} left`]),
  ].join(', ');
}

function sayTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 120 ? `${whole} s` : `${number(Math.ceil(whole / 60))} min`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
