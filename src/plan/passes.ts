import type { PassType, StageType } from '../sequence/sequence.ts';

/** Which passes the config of a stage can carry. A sequence that takes another pass inside a stage is refused. */
export const stagePasses = {
  txt2img: ['refiner', 'hires'],
  img2img: ['hires'],
  upscale: ['hires'],
  adetailer: [],
} as const satisfies Readonly<Record<StageType, readonly PassType[]>>;

/** Whether the config of a stage can carry a pass. A stage of one's own carries none. */
export function canCarry(stage: string, pass: string): boolean {
  const passes: Readonly<Record<string, readonly string[]>> = stagePasses;
  return Object.hasOwn(passes, stage) && passes[stage]?.includes(pass) === true;
}
