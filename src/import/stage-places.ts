import type { Place } from './read-keys.ts';

/** An object of the input. */
export type Section = Readonly<Record<string, unknown>>;

export const runPlaces: readonly Place[] = [{ aliases: 'run', into: [] }];

/** The RunConfig has one clip skip and one batch for all stages, so img2img's only count where the run has none. */
export const img2imgPlaces: readonly Place[] = [
  { aliases: 'img2img', into: ['img2img'] },
  { aliases: 'run', into: [], only: /^(clip_skip|batch_size|batch_count|n_iter)$/, weak: true },
];

/** What stands beside the settings of an upscale is its redraw, which happens only in the mode "img2img". */
export const upscalePlaces: readonly Place[] = [
  { aliases: 'upscale', into: ['upscale'] },
  { aliases: 'redraw', into: ['upscale', 'redraw'] },
];

/** StableNew has two passes in one section, faces and hands. Here they are two detectors. */
export const detectorPlaces: readonly Place[] = [
  { aliases: 'hands', into: ['adetailer', 'hands'] },
  { aliases: 'detector', into: ['adetailer', 0] },
];
