import { lookUp, nameKey, nameTable } from './name-key.ts';
import { schedulerSuffixes } from './schedulers.ts';

/**
 * The samplers by the labels of A1111's WebUI and Forge, then ComfyUI's name, then those of other programs.
 *
 * Sources: `sd_samplers_kdiffusion.py` of WebUI 1.10 and Forge, `comfy/samplers.py`, InvokeAI's and NovelAI's lists. A
 * sampler that the WebUI does not have keeps its own name, which is told by its not standing here.
 */
export const samplers = [
  ['Euler', 'euler', 'k_euler', 'sample_euler'],
  ['Euler a', 'euler_ancestral', 'euler_a', 'k_euler_ancestral', 'k_euler_a', 'sample_euler_ancestral'],
  ['LMS', 'lms', 'k_lms', 'lmsd'],
  ['Heun', 'heun', 'k_heun'],
  ['HeunPP2', 'heunpp2'],
  ['DPM2', 'dpm_2', 'k_dpm_2', 'kdpm_2', 'kdpm2'],
  ['DPM2 a', 'dpm_2_ancestral', 'k_dpm_2_ancestral', 'kdpm_2_a', 'kdpm2 a'],
  ['DPM fast', 'dpm_fast', 'k_dpm_fast'],
  ['DPM adaptive', 'dpm_adaptive', 'k_dpm_adaptive'],
  ['DPM++ 2S a', 'dpmpp_2s_ancestral', 'k_dpmpp_2s_ancestral', 'DPM++ 2S Ancestral'],
  ['DPM++ SDE', 'dpmpp_sde', 'dpmpp_sde_gpu', 'k_dpmpp_sde', 'dpm_sde'],
  ['DPM++ 2M', 'dpmpp_2m', 'k_dpmpp_2m', 'dpmpp_2', 'k_dpmpp_2'],
  ['DPM++ 2M SDE', 'dpmpp_2m_sde', 'dpmpp_2m_sde_gpu', 'k_dpmpp_2m_sde'],
  ['DPM++ 2M SDE Heun', 'dpmpp_2m_sde_heun', 'dpmpp_2m_sde_heun_gpu'],
  ['DPM++ 3M SDE', 'dpmpp_3m_sde', 'dpmpp_3m_sde_gpu', 'k_dpmpp_3m_sde'],
  ['Restart', 'restart'],
  ['DDIM', 'ddim', 'ddim_v3'],
  ['DDIM CFG++', 'ddim_cfgpp'],
  ['PLMS', 'plms'],
  ['UniPC', 'uni_pc'],
  ['LCM', 'lcm', 'k_lcm'],
  ['DDPM', 'ddpm'],
  ['IPNDM', 'ipndm'],
  ['IPNDM_V', 'ipndm_v'],
  ['DEIS', 'deis'],
] as const satisfies readonly (readonly [string, ...(readonly string[])])[];

const labels = nameTable(samplers);

/** A sampler's label as the WebUI writes it: `dpmpp_2m` is `DPM++ 2M`. An unknown one stays as it is. */
export function samplerLabel(name: string): string {
  return lookUp(labels, name) ?? name;
}

/** Whether a sampler stands in the table. */
export function isKnownSampler(name: string): boolean {
  return lookUp(labels, name) !== undefined;
}

/** A sampler and the schedule that stood in its name. */
export interface SplitSampler {
  readonly sampler: string;
  readonly scheduler: string | undefined;
}

/**
 * Splits a name that joins a sampler with its schedule: "DPM++ 2M Karras", "euler_ancestral_karras", "Euler A SGMUniform".
 *
 * A sampler that is not known is only cut at a space or an underscore. Source: the WebUI before 1.9 had no schedule of
 * its own, and savers of ComfyUI still write the two as one.
 */
export function splitSamplerName(name: string): SplitSampler {
  const whole = lookUp(labels, name);
  if (whole !== undefined) return { sampler: whole, scheduler: undefined };
  for (const [suffix, scheduler] of schedulerSuffixes) {
    const cut = cutAt(name, suffix);
    if (cut === undefined) continue;
    const known = lookUp(labels, cut);
    if (known !== undefined) return { sampler: known, scheduler };
    if (/[\s_]$/.test(cut) && /[^\s_]/.test(cut))
      return { sampler: cut.replace(/[\s_]{1,20}$/, ''), scheduler };
  }
  return { sampler: name, scheduler: undefined };
}

/** What stands before a suffix, with whatever parts the two, or undefined where the name has no such end. */
function cutAt(name: string, suffix: string): string | undefined {
  let rest = suffix.length;
  let end = name.length;
  while (rest > 0 && end > 0) {
    end -= 1;
    const letter = nameKey(name.charAt(end));
    if (letter === '') continue;
    if (letter !== suffix.charAt(rest - 1)) return undefined;
    rest -= 1;
  }
  return rest === 0 ? name.slice(0, end) : undefined;
}
