import { type Draft, decide, fills } from '../../draft.ts';
import { show } from '../../note.ts';
import { readField } from '../../read-keys.ts';
import { type Reading, remark } from '../../reading.ts';
import { extendTable, type FieldTable } from '../../table/field-table.ts';
import { readTable } from '../../table/read-table.ts';
import { numberOr } from '../../table/values.ts';
import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { type InfotextParameter, parameterValue } from '../parameters.ts';
import { readInfotext } from '../read-infotext.ts';
import { readSizes } from '../read-sizes.ts';
import { remarkOnMask } from '../webui-stages.ts';
import { detectorSuffixes, maskTable, sharedRows, webuiTable } from '../webui-table.ts';

function detailerRows(place: number): FieldTable['fields'] {
  return [
    [['adetailer', place, 'model'], 'name', ['Detailer']],
    [['adetailer', place, 'steps'], 'number', ['Detailer steps']],
    [['adetailer', place, 'denoising_strength'], 'number', ['Detailer strength']],
    [['adetailer', place, 'prompt'], 'text', ['Detailer prompt']],
    [['adetailer', place, 'negative_prompt'], 'text', ['Detailer negative']],
    [['adetailer', place, 'confidence'], 'number', ['Detailer conf']],
  ];
}

const base: FieldTable = extendTable(
  {
    fields: [[['scheduler'], 'name', ['Sampler sigma', 'Schedule type']], ...detailerRows(0)],
    told: ['Sampler type'],
    bookkeeping: ['Scheduler', 'Variation'],
  },
  webuiTable,
);

/** `Scheduler` is a class of diffusers, which the sampler's name tells as well. */
const classless: FieldTable = {
  ...base,
  fields: base.fields.map(([field, kind, keys]) => [field, kind, keys.filter((key) => key !== 'Scheduler')]),
};

/** Where the enlarging samples again its keys are those of hires, else those of an upscale. */
const enlarging: FieldTable = {
  ...classless,
  fields: [[['upscale', 'upscaler'], 'upscaler', ['Hires upscaler']], ...classless.fields],
};

/**
 * SD.Next, which says in `Operations` what it did.
 *
 * Source: `processing_info.py` and `processing_diffusers.py` of SD.Next. Only "hires" samples again; "inpaint" beside
 * "txt2img" is its detailer.
 */
export const sdnext: Dialect = {
  writer: 'SD.Next',
  marks: '`App: SD.Next`, or `Operations`',
  table: classless,
  together: sharedRows,
  detect: ({ parameters }) => {
    const app = parameterValue(parameters, 'app');
    if (app === undefined ? parameterValue(parameters, 'operations') === undefined : !/^sd\.?next/i.test(app))
      return undefined;
    const version = parameterValue(parameters, 'version') ?? null;
    return { version, certainty: app === undefined ? 'likely' : 'certain' };
  },
  read,
};

function read(parts: InfotextParts): Draft {
  const { parameters } = parts;
  const stated = parameterValue(parameters, 'operations');
  const does = new Set((stated ?? '').split(/[;,]\s{0,8}/));
  const keys = new Set(parameters.map(({ key }) => key.toLowerCase()));
  const hires = stated === undefined ? hiresMarks.some((key) => keys.has(key)) : does.has('hires');
  const upscales = does.has('upscale') && !hires && hiresMarks.some((key) => keys.has(key));
  const img2img = (does.has('img2img') || does.has('inpaint')) && !does.has('txt2img');
  const details = does.has('detailer') || (does.has('inpaint') && does.has('txt2img'));
  const sizes = readSizes(parameters, upscales ? ['upscale', 'upscale_factor'] : ['hires_upscale_factor']);
  const table = upscales ? enlarging : classless;
  const readings = [
    ...readInfotext(
      img2img ? extendTable(maskTable, table) : table,
      withoutDetectors(withoutZeroStrength(parts)),
    ),
    ...(img2img ? remarkOnMask(parameters) : []),
    ...readDetectors(parameters),
    ...sizes.readings,
    ...readStrengths(parameters, img2img, hires),
    ...(keys.has('detailer') || details ? [detailer] : []),
    ...remarkOnOperations(does),
  ];
  return {
    readings,
    decided: decide({
      img2img,
      hires,
      upscale: fills(readings, 'upscale'),
      adetailer: details || fills(readings, 'adetailer'),
      refiner: fills(readings, 'refiner_model_name'),
    }),
  };
}

const hiresMarks = ['hires upscale', 'hires scale', 'hires upscaler', 'hires strength', 'hires force'];

const detailer = remark(
  ['Detailer'],
  'dropped',
  "is only kept in part: SD.Next's detailer crops, masks and resizes in its own way",
);

/** What a stage or pass stands for, or what says nothing beside them. */
const knownOperations: ReadonlySet<string> = new Set([
  '',
  'base',
  'detailer',
  'hires',
  'img2img',
  'inpaint',
  'none',
  'refine',
  'sample',
  'txt2img',
  'upscale',
]);

function remarkOnOperations(does: ReadonlySet<string>): readonly Reading[] {
  return [...does]
    .filter((operation) => !knownOperations.has(operation))
    .map((operation) =>
      remark(['Operations'], 'dropped', `is only kept in part: a run has no ${show(operation)}`),
    );
}

const detailerKeys: ReadonlySet<string> = new Set(
  detailerRows(0).flatMap(([, , keys]) => keys.map((key) => key.toLowerCase())),
);

function withoutDetectors(parts: InfotextParts): InfotextParts {
  return { ...parts, parameters: parts.parameters.filter(({ key }) => !detailerKeys.has(key.toLowerCase())) };
}

/** `Detailer: "a, b"` names the detectors, which have all other settings in common. */
function readDetectors(parameters: readonly InfotextParameter[]): readonly Reading[] {
  const stated = parameters.filter(({ key }) => detailerKeys.has(key.toLowerCase()));
  const names = (parameterValue(stated, 'detailer') ?? '').split(/[,;]/).map((name) => name.trim());
  const read = names.slice(0, detectorSuffixes.length).flatMap((name, place) =>
    readTable(
      { fields: detailerRows(place), told: [], bookkeeping: [] },
      stated.map(({ key, value }) => [key, key.toLowerCase() === 'detailer' ? name : value]),
    ),
  );
  const rest = names.slice(detectorSuffixes.length);
  if (rest.length === 0) return read;
  return [...read, remark(['Detailer'], 'dropped', `is only kept in part: ${rest.join(', ')} are too many`)];
}

/** Source: sdnext#4882. `Hires strength: 0.0` is saved whatever the strength was. */
function withoutZeroStrength(parts: InfotextParts): InfotextParts {
  const parameters = parts.parameters.map(({ key, value }) =>
    key.toLowerCase() === 'hires strength' && numberOr(value) === 0 ? { key, value: '' } : { key, value },
  );
  return { ...parts, parameters };
}

function readStrengths(
  parameters: readonly InfotextParameter[],
  img2img: boolean,
  hires: boolean,
): readonly Reading[] {
  return parameters
    .filter(({ key }) => key.toLowerCase() === 'denoising strength')
    .flatMap(({ key, value }) => {
      if (img2img) return readField(['img2img', 'denoising_strength'], numberOr(value), [key]);
      if (hires) return readField(['hires_denoise'], numberOr(value), [key]);
      return [remark([key], 'ignored', 'is left out: Operations name nothing that redraws')];
    });
}
