/** The schedulers of A1111, Forge and reForge by their labels. Those of two words stand before those of one. */
const schedulers = [
  'Align Your Steps',
  'SGM Uniform',
  'KL Optimal',
  'Polyexponential',
  'Exponential',
  'Automatic',
  'Uniform',
  'Karras',
  'Simple',
  'Normal',
  'Turbo',
  'DDIM',
  'Beta',
] as const;

const labels: ReadonlyMap<string, string> = new Map(
  schedulers.flatMap((label) => [
    [label.toLowerCase(), label],
    [label.toLowerCase().replaceAll(' ', '_'), label],
  ]),
);

/** A scheduler's label as the WebUI writes it: `karras` is `Karras`. An unknown one stays as it is. */
export function schedulerLabel(name: string): string {
  return labels.get(name.toLowerCase()) ?? name;
}

/**
 * Splits a sampler name with a scheduler suffix: "DPM++ 2M Karras" is "DPM++ 2M" and "Karras".
 *
 * Source: WebUI before 1.9 had no scheduler of its own, and wrote the two as one name.
 */
export function splitSamplerName(name: string): {
  readonly sampler: string;
  readonly scheduler: string | undefined;
} {
  const suffix = suffixes.find((label) => name.toLowerCase().endsWith(` ${label.toLowerCase()}`));
  const sampler = suffix === undefined ? '' : name.slice(0, -suffix.length).trimEnd();
  return sampler === '' ? { sampler: name, scheduler: undefined } : { sampler, scheduler: suffix };
}

/** "DDIM" is a sampler more often than a schedule, so it is never cut off. */
const suffixes = schedulers.filter((label) => label !== 'DDIM');
