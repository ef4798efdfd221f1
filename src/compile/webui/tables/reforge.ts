import { a1111Table } from './a1111.ts';
import type { WebuiTable } from './webui-table.ts';

const txt2img = a1111Table.fields['/sdapi/v1/txt2img'];

/** What reForge is sent: as A1111's WebUI, and the guidance of a second pass, which it takes for 1 where it is left out. */
export const reforgeTable = {
  ...a1111Table,
  fields: {
    ...a1111Table.fields,
    '/sdapi/v1/txt2img': { ...txt2img, planned: { ...txt2img.planned, hr_cfg: 'number' } },
  },
} as const satisfies WebuiTable;
