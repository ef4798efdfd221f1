import { type Draft, decide } from '../../draft.ts';
import { readField } from '../../read-keys.ts';
import { type Reading, remark } from '../../reading.ts';
import { extendTable } from '../../table/field-table.ts';
import { numberOr } from '../../table/values.ts';
import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { parameterValue } from '../parameters.ts';
import { readInfotext } from '../read-infotext.ts';
import { readSizes } from '../read-sizes.ts';
import { webuiTable } from '../webui-table.ts';

const table = extendTable(
  {
    fields: [
      [['cfg_scale'], 'number', ['Guidance Scale']],
      [['refiner_switch_at'], 'number', ['Refiner Start']],
    ],
  },
  webuiTable,
);

/** Draw Things: the negative prompt is a line behind a hyphen, and a strength under 1 is img2img. */
export const drawThings: Dialect = {
  writer: 'Draw Things',
  marks: '`Seed Mode`, or `Guidance Scale` with `Strength`',
  table,
  detect: ({ parameters }) => {
    const has = (key: string) => parameterValue(parameters, key) !== undefined;
    return has('seed mode') || (has('guidance scale') && has('strength'))
      ? { version: null, certainty: 'certain' }
      : undefined;
  },
  read,
};

function read(parts: InfotextParts): Draft {
  const strength = numberOr(parameterValue(parts.parameters, 'strength') ?? '1');
  const img2img = strength !== 1;
  const parameters = parts.parameters.filter(({ key }) => key.toLowerCase() !== 'strength');
  const readings = [
    ...readInfotext(table, cutSampler(cutNegative({ ...parts, parameters }))),
    ...readSizes(parameters, ['hires_upscale_factor']).readings,
    ...spacing(parts),
    ...doubt(parts),
    ...(img2img
      ? readField(['img2img', 'denoising_strength'], strength, ['Strength'])
      : [remark(['Strength'], 'converted', 'is told here by what the stages are')]),
  ];
  return { readings, decided: decide({ img2img }) };
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

const spacings = / (Trailing|Substep)$/;

function cutSampler(parts: InfotextParts): InfotextParts {
  const parameters = parts.parameters.map(({ key, value }) =>
    key.toLowerCase() === 'sampler' ? { key, value: value.replace(spacings, '') } : { key, value },
  );
  return { ...parts, parameters };
}

function spacing({ parameters }: InfotextParts): readonly Reading[] {
  const found = spacings.exec(parameterValue(parameters, 'sampler') ?? '');
  return found === null
    ? []
    : [remark(['Sampler'], 'dropped', `is only kept in part: no schedule is called${found[0]}`)];
}
