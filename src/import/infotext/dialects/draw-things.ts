import { type Draft, decide, fills } from '../../draft.ts';
import { isUnset } from '../../normalise-value.ts';
import type { Path } from '../../note.ts';
import { readField } from '../../read-keys.ts';
import { withLoras } from '../../readers/loras.ts';
import { type Reading, remark } from '../../reading.ts';
import { extendTable } from '../../table/field-table.ts';
import { numberOr } from '../../table/values.ts';
import type { ReadResources } from '../civitai-resources.ts';
import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { parameterValue } from '../parameters.ts';
import { readInfotext } from '../read-infotext.ts';
import { readSizes } from '../read-sizes.ts';
import { sizeRows, webuiTable } from '../webui-table.ts';

const table = extendTable(
  {
    fields: [
      [['cfg_scale'], 'number', ['Guidance Scale']],
      [['refiner_switch_at'], 'number', ['Refiner Start']],
    ],
  },
  webuiTable,
);

const strengthRows: Dialect['together'] = [
  ...sizeRows,
  [['img2img', 'denoising_strength'], 'number', ['Strength', 'Denoising strength']],
];

/** Draw Things: the negative prompt is a line behind a hyphen, and a strength under 1 is img2img. */
export const drawThings: Dialect = {
  writer: 'Draw Things',
  marks: '`Seed Mode`, or `Guidance Scale` with `Strength`',
  table,
  together: strengthRows,
  detect: ({ parameters }) => {
    const has = (key: string) => parameterValue(parameters, key) !== undefined;
    return has('seed mode') || (has('guidance scale') && has('strength'))
      ? { version: null, certainty: 'certain' }
      : undefined;
  },
  read,
};

function read(parts: InfotextParts): Draft {
  const stated = parts.parameters.filter(({ key }) => /^(denoising )?strength$/i.test(key));
  const strength = numberOr(stated[0]?.value ?? '1');
  const img2img = strength !== 1;
  const parameters = parts.parameters.filter((parameter) => !stated.includes(parameter));
  const loras = readLoras(cutNegative({ ...parts, parameters }));
  const readings = [
    ...readInfotext(table, cutSampler(loras.parts)),
    ...loras.readings,
    ...readSizes(parameters, ['hires_upscale_factor']).readings,
    ...remarkOnSpacing(parameterValue(parameters, 'sampler') ?? '', ['Sampler']),
    ...doubt(parts),
    ...stated.flatMap(({ key, value }) =>
      img2img || numberOr(value) !== 1
        ? readField(['img2img', 'denoising_strength'], numberOr(value), [key])
        : [remark([key], 'converted', 'is told here by what the stages are')],
    ),
  ];
  return { readings, decided: decide({ img2img, refiner: fills(readings, 'refiner_model_name') }) };
}

/** The negative prompt begins with the last line that begins with a hyphen and no space: the others are lists. */
function cutNegative(parts: InfotextParts): InfotextParts {
  const lines = parts.prompt.split('\n');
  const at = lines.findLastIndex((line) => /^-(?! )/.test(line));
  if (at < 0 || parts.negative_prompt !== '') return parts;
  const negative_prompt = lines.slice(at).join('\n').slice(1).trim();
  return { ...parts, prompt: lines.slice(0, at).join('\n'), negative_prompt };
}

/** A prompt and its negative may both have lines that begin with a hyphen: then it is a guess where one ends. */
function doubt({ prompt }: InfotextParts): readonly Reading[] {
  const hyphens = prompt.split('\n').filter((line) => /^-(?! )/.test(line));
  if (hyphens.length < 2) return [];
  return [
    remark(['Negative prompt'], 'ambiguous', 'begins at the last line with a hyphen, or at one before it'),
  ];
}

const loraModel = /^lora (\d{1,3} )?model$/i;
const loraWeight = /^lora (\d{1,3} )?weight$/i;

/** LoRAs are pairs of `LoRA Model` and `LoRA Weight`, in their order. */
function readLoras(parts: InfotextParts): ReadResources {
  const weights = parts.parameters.filter(({ key }) => loraWeight.test(key));
  const named = parts.parameters.filter(({ key }) => loraModel.test(key));
  const loras = named.flatMap(({ value }, index) =>
    isUnset(value) ? [] : [{ name: value, weight: numberOr(weights[index]?.value ?? '1') }],
  );
  return {
    parts: {
      ...parts,
      prompt: withLoras(parts.prompt, loras),
      parameters: parts.parameters.filter(({ key }) => !loraModel.test(key) && !loraWeight.test(key)),
    },
    readings: [...named, ...weights].map(({ key }) =>
      remark([key], 'converted', 'is a tag of the prompt here'),
    ),
  };
}

const spacings = / (Trailing|Substep)$/;

/** The name of a sampler without the spacing that stands behind it. */
export function cutSpacing(sampler: string): string {
  return sampler.replace(spacings, '');
}

/** What is said of a spacing: no schedule has its name. */
export function remarkOnSpacing(sampler: string, path: Path): readonly Reading[] {
  const found = spacings.exec(sampler);
  return found === null
    ? []
    : [remark(path, 'dropped', `is only kept in part: no schedule is called${found[0]}`)];
}

function cutSampler(parts: InfotextParts): InfotextParts {
  const parameters = parts.parameters.map(({ key, value }) =>
    key.toLowerCase() === 'sampler' ? { key, value: cutSpacing(value) } : { key, value },
  );
  return { ...parts, parameters };
}
