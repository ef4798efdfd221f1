import { quote } from '../path.ts';
import { visible } from '../visible.ts';
import type { WorkCount } from './count-work.ts';
import type { OpenWork } from './work.ts';

/**
 * Says in one line how much work some plans are: "12 plans: 1 txt2img instead of 12, 12 upscale". Words are for people, and
 * may change in any release.
 */
export function sayWork({ plans, stages, open }: WorkCount): string {
  const counts = stages.map(({ stage_type, runs, instead_of }) =>
    [countOf(runs, stage_type), ...(runs === instead_of ? [] : [`instead of ${instead_of}`])].join(' '),
  );
  const reasons = open.map(
    ({ reason, plans: some }) => `. ${countOf(some, 'plan')} can share no work from where ${advice[reason]}`,
  );
  return `${countOf(plans, 'plan')}: ${counts.join(', ') || 'nothing to do'}${reasons.join('')}`;
}

const advice: Readonly<Record<OpenWork, string>> = {
  random_seed: 'a seed is random: state one',
  open_prompt: 'a prompt has wildcards or variants: expand them first',
  unnamed_image: 'an image has no name: state its path or a key',
};

/** A number of things: "1 plan", "12 plans". */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Settings in words: `model "a", redraw.steps 10`. A text that is longer than `longest` is cut. */
export function saySettings(settings: Readonly<Record<string, unknown>>, longest?: number): string {
  return Object.entries(settings)
    .map(([path, value]) => `${visible(path)} ${quote(value, longest)}`)
    .join(', ');
}
