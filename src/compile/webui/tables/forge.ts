import { a1111Table } from './a1111.ts';
import type { WebuiTable } from './webui-table.ts';

const { fields, options } = a1111Table;
const { sd_vae: _vae, ...planned } = options.planned;

/**
 * What Forge is sent. Its option `sd_vae` has no effect: `forge_additional_modules` is what sets a VAE. A second pass
 * without `hr_additional_modules` is a TypeError. Source: `modules/processing.py` and `modules/sysinfo.py` of Forge.
 */
export const forgeTable = {
  fields: {
    ...fields,
    '/sdapi/v1/txt2img': {
      planned: { ...fields['/sdapi/v1/txt2img'].planned, hr_cfg: 'number', hr_additional_modules: 'texts' },
      free: {
        ...fields['/sdapi/v1/txt2img'].free,
        distilled_cfg_scale: 'number',
        hr_distilled_cfg: 'number',
      },
    },
    '/sdapi/v1/img2img': {
      ...fields['/sdapi/v1/img2img'],
      free: { ...fields['/sdapi/v1/img2img'].free, distilled_cfg_scale: 'number' },
    },
  },
  options: { ...options, planned: { ...planned, forge_additional_modules: 'texts' } },
} as const satisfies WebuiTable;
