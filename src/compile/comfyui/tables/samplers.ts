import { samplers } from '../../../names/samplers.ts';

/** The samplers of ComfyUI. Source: `comfy/samplers.py` of 0.3.64, whose later versions only add to them. */
export const comfySamplers = [
  'euler',
  'euler_cfg_pp',
  'euler_ancestral',
  'euler_ancestral_cfg_pp',
  'heun',
  'heunpp2',
  'dpm_2',
  'dpm_2_ancestral',
  'lms',
  'dpm_fast',
  'dpm_adaptive',
  'dpmpp_2s_ancestral',
  'dpmpp_2s_ancestral_cfg_pp',
  'dpmpp_sde',
  'dpmpp_sde_gpu',
  'dpmpp_2m',
  'dpmpp_2m_cfg_pp',
  'dpmpp_2m_sde',
  'dpmpp_2m_sde_gpu',
  'dpmpp_2m_sde_heun',
  'dpmpp_2m_sde_heun_gpu',
  'dpmpp_3m_sde',
  'dpmpp_3m_sde_gpu',
  'ddpm',
  'lcm',
  'ipndm',
  'ipndm_v',
  'deis',
  'res_multistep',
  'res_multistep_cfg_pp',
  'res_multistep_ancestral',
  'res_multistep_ancestral_cfg_pp',
  'gradient_estimation',
  'gradient_estimation_cfg_pp',
  'er_sde',
  'seeds_2',
  'seeds_3',
  'sa_solver',
  'sa_solver_pece',
  'ddim',
  'uni_pc',
  'uni_pc_bh2',
] as const;

const known: ReadonlySet<string> = new Set(comfySamplers);

/** ComfyUI's name of each sampler, by the WebUI's label. Restart, PLMS and DDIM CFG++ have none. */
const byLabel: ReadonlyMap<string, string> = new Map(
  samplers.flatMap(([label, name]) => (known.has(name) ? [[label, name] as const] : [])),
);

/** ComfyUI's name of a sampler, or undefined where it has no equal. */
export function comfySampler(label: string): string | undefined {
  return byLabel.get(label) ?? (known.has(label) ? label : undefined);
}
