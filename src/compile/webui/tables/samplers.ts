import { samplers } from '../../../names/samplers.ts';
import { schedulers } from '../../../names/schedulers.ts';

/** The samplers of A1111's WebUI 1.10. Source: `modules/sd_samplers_kdiffusion.py`. */
const a1111 = [
  'Euler',
  'Euler a',
  'LMS',
  'Heun',
  'DPM2',
  'DPM2 a',
  'DPM++ 2S a',
  'DPM++ 2M',
  'DPM++ SDE',
  'DPM++ 2M SDE',
  'DPM++ 2M SDE Heun',
  'DPM++ 3M SDE',
  'DPM fast',
  'DPM adaptive',
  'Restart',
  'DDIM',
  'DDIM CFG++',
  'PLMS',
  'UniPC',
  'LCM',
] as const;

export const a1111Samplers = named(a1111);
export const forgeSamplers = named([...a1111, 'DDPM', 'HeunPP2', 'IPNDM', 'IPNDM_V', 'DEIS']);

/** reForge has many more: every one that is known here is taken for its own. */
export const reforgeSamplers = named(samplers.map(([label]) => label));
export const reforgeSchedulers = named(schedulers.map(([label]) => label));

/** The samplers of SD.Next that are those of the WebUI. Source: `modules/sd_samplers_diffusers.py`. */
export const sdnextSamplers: ReadonlyMap<string, string> = new Map([
  ...named(['Euler', 'Euler a', 'Heun', 'DPM++ 2M', 'DPM++ 2M SDE', 'DDIM', 'UniPC', 'DEIS', 'DDPM', 'LCM']),
  ['LMS', 'LMSD'],
  ['DPM2', 'KDPM2'],
  ['DPM2 a', 'KDPM2 a'],
]);

/** Those of SD.Next whose settings have no sigmas. Source: `config` of `modules/sd_samplers_diffusers.py`. */
export const sdnextOwnSchedule: ReadonlySet<string> = new Set(['Euler a', 'DDIM', 'DDPM', 'LCM']);

const a1111Schedules = [
  'Automatic',
  'Uniform',
  'Karras',
  'Exponential',
  'Polyexponential',
  'SGM Uniform',
  'KL Optimal',
  'Align Your Steps',
  'Simple',
  'Normal',
  'DDIM',
  'Beta',
] as const;

/** Source: `modules/sd_schedulers.py`. */
export const a1111Schedulers = named(a1111Schedules);
export const forgeSchedulers = named([
  ...a1111Schedules,
  'Turbo',
  'AYS GITS',
  'AYS 11 Steps',
  'AYS 32 Steps',
]);

/** SD.Next has no schedulers: what they do is its setting `schedulers_sigma`. */
export const sdnextSchedulers: ReadonlyMap<string, string> = new Map([
  ['Automatic', 'default'],
  ['Karras', 'karras'],
  ['Exponential', 'exponential'],
  ['Beta', 'betas'],
]);

function named(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, name]));
}
