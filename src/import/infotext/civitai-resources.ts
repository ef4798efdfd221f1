import { isPlainObject } from '../../json.ts';
import { readPrompt } from '../../prompt.ts';
import { isUnset } from '../normalise-value.ts';
import { type Path, show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { listOf, textOf } from '../readers/entries.ts';
import { isNameOfTag, type Lora, withLoras } from '../readers/loras.ts';
import { type NoteReading, type Reading, remark } from '../reading.ts';
import type { InfotextParts } from './infotext-text.ts';
import { parameterValue } from './parameters.ts';

/** The parts of an infotext without its lists of models, and what they say. */
export interface ReadResources {
  readonly parts: InfotextParts;
  readonly readings: readonly Reading[];
}

const listKeys: ReadonlySet<string> = new Set([
  'additionalresources',
  'civitai resources',
  'civitairesources',
  'resources',
]);

/**
 * Reads the models that Civitai lists: a checkpoint into the model, unless that is stated, LoRAs into tags of the prompt,
 * unless it has tags already. Both have the names of their pages, which their files need not have.
 */
export function readResources(parts: InfotextParts): ReadResources {
  const isList = ({ key, value }: InfotextParts['parameters'][number]) =>
    listKeys.has(key.toLowerCase()) && entriesIn(value) !== undefined;
  const entries = parts.parameters
    .filter(isList)
    .flatMap(({ key, value }) =>
      listOf(entriesIn(value)).map((entry, index) => readEntry(entry, [key, index])),
    );
  const named = entries.flatMap((entry) => (entry.kind === 'lora' ? [[entry.name, entry] as const] : []));
  const loras = [...new Map(named).values()];
  const isModelStated = !isUnset(parameterValue(parts.parameters, 'model') ?? null);
  const isTagged = readPrompt(parts.prompt).loras.length > 0;
  return {
    parts: {
      ...parts,
      parameters: parts.parameters.filter((parameter) => !isList(parameter)),
      prompt: isTagged ? parts.prompt : withLoras(parts.prompt, loras),
    },
    readings: entries.flatMap((entry): readonly Reading[] => {
      if (entry.kind === 'lora') return [remarkOnLora(entry, isTagged)];
      if (entry.kind === 'other') return [lost(entry)];
      return isModelStated
        ? [remark(entry.path, 'ignored', 'is left out: the model is told by its file')]
        : readField(['model'], entry.name, entry.path);
    }),
  };
}

function entriesIn(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

type KeyValue =
  | (Lora & { readonly kind: 'lora'; readonly path: Path })
  | { readonly kind: 'model' | 'other'; readonly name: string; readonly path: Path };

const checkpoints = ['checkpoint', 'model'];
const addOns = ['lora', 'locon', 'lycoris', 'dora'];

function readEntry(entry: unknown, path: Path): KeyValue {
  const record = isPlainObject(entry) ? entry : {};
  const type = (textOf(record.type) ?? '').toLowerCase();
  const name = textOf(record.modelName) ?? textOf(record.name) ?? '';
  if (name === '') return { kind: 'other', name: `${type} ${record.modelVersionId ?? ''}`.trim(), path };
  const lora = { name, weight: record.weight ?? record.strength ?? 1 };
  if (addOns.includes(type) && isNameOfTag(lora)) return { kind: 'lora', ...lora, path };
  return { kind: checkpoints.includes(type) ? 'model' : 'other', name, path };
}

function remarkOnLora(
  { name, weight, path }: Lora & { readonly path: Path },
  isTagged: boolean,
): NoteReading {
  if (!isTagged)
    return remark(
      path,
      'converted',
      `is ${show(withLoras('', [{ name, weight }]))} at the end of the prompt here`,
    );
  return remark(
    path,
    'dropped',
    `is lost: the prompt has tags of its own, and ${show(name)} at ${String(weight)} may be one of them`,
  );
}

function lost({ name, path }: KeyValue): NoteReading {
  return remark(path, 'dropped', `is lost: no field takes ${name === '' ? 'it' : show(name)}`);
}
