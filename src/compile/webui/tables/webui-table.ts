import type { FieldTable } from '../../fields.ts';

/** What a server is sent and nothing else: the fields by the path of the request, and the keys of `override_settings`. */
export interface WebuiTable {
  readonly fields: Readonly<Partial<Record<WebuiPath, FieldTable>>>;
  readonly options: FieldTable;
}

export type WebuiPath =
  | '/sdapi/v1/txt2img'
  | '/sdapi/v1/img2img'
  | '/sdapi/v1/extra-single-image'
  | '/sdapi/v1/detail';

const noFields: FieldTable = { planned: {}, free: {} };

/** The fields of the requests to a path, none where the server has no such path. */
export function fieldsOf({ fields }: WebuiTable, path: WebuiPath): FieldTable {
  return fields[path] ?? noFields;
}
