import { type Lora, readPromptWithLoras } from '../../readers/loras.ts';
import { extendTable } from '../../table/field-table.ts';
import { numberOr } from '../../table/values.ts';
import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { parameterValue, readParameters } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

/** `Prompt` has the styles in it, so the raw ones say nothing more. */
const table = extendTable(
  { bookkeeping: ['Raw prompt', 'Raw negative prompt', 'Metadata scheme'] },
  webuiTable,
);

/** Fooocus in its scheme "a1111". Source: `modules/meta_parser.py` of Fooocus. */
export const fooocus: Dialect = {
  writer: 'Fooocus',
  marks: '`Version: Fooocus v2.5.5`',
  table,
  together: sharedRows,
  detect: ({ parameters }) => {
    const version = parameterValue(parameters, 'version') ?? '';
    return /^fooocus/i.test(version) ? { version, certainty: 'certain' } : undefined;
  },
  read: (parts) => {
    const loras = lorasOf(parts);
    if (loras.length === 0) return readWebui(table, parts);
    const rest = parts.parameters.filter(({ key }) => key.toLowerCase() !== loraKey);
    const { readings, decided } = readWebui(table, { ...parts, prompt: '', parameters: rest });
    return {
      readings: [...readPromptWithLoras(parts.prompt, ['Prompt'], loras, ['Lora weights']), ...readings],
      decided,
    };
  },
};

const loraKey = 'lora weights';

/** `Lora weights: "name: 0.1, other: 0.5"`, beside their hashes. */
function lorasOf({ parameters }: InfotextParts): readonly Lora[] {
  const pairs = readParameters(parameterValue(parameters, loraKey) ?? '');
  return pairs.map(({ key, value }) => ({ name: key, weight: numberOr(value) }));
}
