import { samplers } from '../../../names/samplers.ts';
import type { Draft } from '../../draft.ts';
import { readPromptWithLoras } from '../../readers/loras.ts';
import { remark } from '../../reading.ts';
import { numberOr } from '../../table/values.ts';
import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { type InfotextParameter, parameterValue } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

const comfyNames = samplers.map(([, name = '']) => name);

/** The nodes of ComfyUI that save an infotext. They are told by their `Version`, or by ComfyUI's names of samplers. */
export const comfyuiSaver: Dialect = {
  writer: 'ComfyUI',
  marks: '`Version: ComfyUI`, `Lora_0 Model name`, or its names of samplers',
  table: webuiTable,
  together: sharedRows,
  detect: ({ parameters }) => {
    if (/^comfyui/i.test(parameterValue(parameters, 'version') ?? ''))
      return { version: null, certainty: 'certain' };
    if (parameters.some(({ key }) => loraName.test(key))) return { version: null, certainty: 'likely' };
    const sampler = parameterValue(parameters, 'sampler') ?? '';
    const isComfy = sampler.includes('_') && comfyNames.some((name) => sampler.startsWith(name));
    return isComfy ? { version: null, certainty: 'likely' } : undefined;
  },
  read: (parts) => {
    const whole = parts.parameters.filter(isWhole);
    const parameters = parts.parameters.filter((parameter) => !isWhole(parameter));
    const draft = readWithLoras(withoutPlaceholders({ ...parts, parameters }));
    const remarks = whole.map(({ key }) =>
      remark([key], 'ignored', 'is left out: at 1 the whole picture is drawn'),
    );
    return { ...draft, readings: [...draft.readings, ...remarks] };
  },
};

const loraName = /^lora_\d{1,3} model name$/i;

/** `Lora_0 Model name`, `Lora_0 Strength model` and `Lora_0 Strength clip`: nodes loaded them, and no tag stands in the prompt. */
function readWithLoras(parts: InfotextParts): Draft {
  const named = parts.parameters
    .filter(({ key }) => loraName.test(key))
    .map(({ key, value }) => {
      const prefix = key.slice(0, -'Model name'.length).toLowerCase();
      const strength = parameterValue(parts.parameters, `${prefix}strength model`) ?? '1';
      return { key, prefix, name: value, weight: numberOr(strength) };
    });
  const [first] = named;
  if (first === undefined) return readWebui(webuiTable, parts);
  const isTold = ({ key, value }: InfotextParameter) => {
    const lora = named.find(({ prefix }) => key.toLowerCase().startsWith(prefix));
    return lora !== undefined && (!/ strength clip$/i.test(key) || numberOr(value) === lora.weight);
  };
  const { readings, decided } = readWebui(webuiTable, {
    ...parts,
    prompt: '',
    parameters: parts.parameters.filter((parameter) => !isTold(parameter)),
  });
  return {
    decided,
    readings: [...readPromptWithLoras(parts.prompt, ['Prompt'], named, [first.key]), ...readings],
  };
}

/** Savers write the strength of any sampler, which is 1 where nothing is redrawn. */
function isWhole({ key, value }: InfotextParameter): boolean {
  return /^denois(e|ing strength)$/i.test(key) && numberOr(value) === 1;
}

/** Savers that find no prompt in their graph write "unknown". */
function withoutPlaceholders(parts: InfotextParts): InfotextParts {
  const orNothing = (prompt: string) => (prompt.trim().toLowerCase() === 'unknown' ? '' : prompt);
  return { ...parts, prompt: orNothing(parts.prompt), negative_prompt: orNothing(parts.negative_prompt) };
}
