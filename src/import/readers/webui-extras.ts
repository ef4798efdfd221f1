import { decide } from '../draft.ts';
import { settleFacesAlone } from '../faces-alone.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { numberOr, targetSize } from '../table/values.ts';
import { entriesBut, hasAny, type JsonRecord } from './entries.ts';
import { jsonReader } from './reader.ts';

const sizeKeys = ['upscaling_resize_w', 'upscaling_resize_h', 'upscaling_crop'];

const table: FieldTable = {
  fields: [
    [['upscale', 'upscale_factor'], 'number', ['upscaling_resize']],
    [['upscale', 'upscaler'], 'name', ['upscaler_1']],
    [['upscale', 'gfpgan_visibility'], 'number', ['gfpgan_visibility']],
    [['upscale', 'codeformer_visibility'], 'number', ['codeformer_visibility']],
    [['upscale', 'codeformer_weight'], 'number', ['codeformer_weight']],
  ],
  told: ['resize_mode'],
  bookkeeping: ['show_extras_results', 'upscale_first'],
};

/** A body of `/sdapi/v1/extra-single-image` or `extra-batch-images`: an upscale alone. Source: the server's models. */
export const webuiExtras = jsonReader({
  writer: 'WebUI request',
  marks: '`upscaling_resize` or `upscaler_1`',
  table: { ...table, fields: [...table.fields, [['upscale', 'resize_to'], 'target', sizeKeys]] },
  detect: (json) =>
    hasAny(json, 'upscaling_resize', 'upscaling_resize_w', 'upscaler_1') && !hasAny(json, 'steps')
      ? { version: null, certainty: 'certain' }
      : undefined,
  read: (json, path) => {
    const toSize = numberOr(json.resize_mode ?? 0) === 1;
    const second = ['upscaler_2', 'extras_upscaler_2_visibility'];
    const isMixed = ![undefined, null, 'None', ''].some((none) => none === json.upscaler_2);
    const pictures = ['image', 'imageList'].filter((key) => hasAny(json, key));
    const idle = toSize ? ['upscaling_resize'] : sizeKeys;
    const readings: readonly Reading[] = [
      ...readTable(table, entriesBut(json, ...pictures, ...second, ...sizeKeys, ...idle), path),
      ...(toSize ? readSize(json, path) : []),
      ...idle
        .filter((key) => hasAny(json, key))
        .map((key) => remark([...path, key], 'ignored', 'is left out: resize_mode counts the other way')),
      ...second
        .filter((key) => hasAny(json, key))
        .map((key) =>
          isMixed ? remark([...path, key], 'dropped', mixed) : remark([...path, key], 'ignored', unmixed),
        ),
      ...pictures.map((key) => remark([...path, key], 'dropped', 'is lost: a RunConfig names its picture')),
    ];
    return {
      readings: settleFacesAlone(readings),
      decided: { ...decide({ upscale: true }), txt2img_enabled: false },
    };
  },
});

const mixed = 'is lost: an upscale has one upscaler, the first';
const unmixed = 'is left out: there is no second upscaler';

/** Cropped or not, a picture is brought to a size by the larger side; uncropped it may come out larger. */
function readSize(json: JsonRecord, path: readonly (string | number)[]): readonly Reading[] {
  const [width, height] = [
    numberOr(json.upscaling_resize_w ?? 512),
    numberOr(json.upscaling_resize_h ?? 512),
  ];
  const place = [...path, 'upscaling_resize_w'];
  if (typeof width !== 'number' || typeof height !== 'number')
    return readField(['upscale', 'resize_to'], width, place);
  return [
    ...readField(['upscale', 'resize_to'], targetSize([width, height]), place),
    ...(json.upscaling_crop === false
      ? [
          remark(
            [...path, 'upscaling_crop'],
            'dropped',
            'is lost: a picture that is brought to a size is cropped to it',
          ),
        ]
      : []),
  ];
}
