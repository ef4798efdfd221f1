import type { JsonValue } from '../../json.ts';
import type { DeclaredInput, DeclaredNode } from './object-info.ts';
import type { ComfyProblem } from './validate-comfy-prompt.ts';

/** A problem of one value, and what is possible in its place. */
export type Found = readonly [type: ComfyProblem['type'], possible: readonly JsonValue[]];

/** What is wrong with a link: `[node id, output]`. The id is a text: the server fails on a number. */
export function linkProblems(
  link: readonly JsonValue[],
  { type }: DeclaredInput,
  declared: ReadonlyMap<string, DeclaredNode>,
): readonly Found[] {
  const [id, place] = link;
  if (link.length !== 2) return [['bad_linked_input', ['[node id, output]']]];
  const node = typeof id === 'string' ? declared.get(id) : undefined;
  if (node === undefined) return [['exception_during_validation', [...declared.keys()]]];
  const given = typeof place === 'number' ? node.outputs[place] : undefined;
  if (given === undefined) return [['exception_during_validation', [...node.outputs]]];
  return agree(given, type) ? [] : [['return_type_mismatch', [type]]];
}

/** Types may be lists with commas, and `*` is any. */
function agree(given: string, wanted: string): boolean {
  if (given === '*' || wanted === '*') return true;
  const possible = new Set(wanted.split(','));
  return given.split(',').every((type) => possible.has(type));
}

/** What is wrong with a value that is no link. */
export function valueProblems(value: JsonValue, input: DeclaredInput): readonly Found[] {
  if (input.options !== null) return choiceProblems(value, input, input.options);
  switch (input.type) {
    case 'INT':
      if (typeof value === 'number' && !Number.isInteger(value)) return [['float_for_int', ['INT']]];
      return numberProblems(value, input);
    case 'FLOAT':
      return numberProblems(value, input);
    case 'STRING':
      return typeof value === 'string' ? [] : [['coerced_value', ['STRING']]];
    case 'BOOLEAN':
      return typeof value === 'boolean' ? [] : [['coerced_value', [true, false]]];
    default:
      return [['link_expected', [input.type]]];
  }
}

/** The server makes a number of a text where it can, and says nothing. */
function numberProblems(value: JsonValue, { type, min, max }: DeclaredInput): readonly Found[] {
  if (typeof value !== 'number') {
    const readable =
      typeof value === 'boolean' || (typeof value === 'string' && Number.isFinite(Number(value)));
    return [[readable && value !== '' ? 'coerced_value' : 'invalid_input_type', [type]]];
  }
  if (min !== null && value < min) return [['value_smaller_than_min', [min]]];
  return max !== null && value > max ? [['value_bigger_than_max', [max]]] : [];
}

/** The name of a file, by its ending. */
function isFile(value: JsonValue): boolean {
  return typeof value === 'string' && /\.[a-z]\w{1,11}$/i.test(value);
}

/** Of newer nodes the server does not look whether a choice is among the options: a missing file fails when it runs. */
function choiceProblems(
  value: JsonValue,
  { listed, upload }: DeclaredInput,
  options: readonly unknown[],
): readonly Found[] {
  if (options.includes(value)) return [];
  const possible = options.map(String);
  if (!upload) return [[listed || !isFile(value) ? 'value_not_in_list' : 'missing_model_file', possible]];
  const elsewhere = typeof value === 'string' && / \[(input|output|temp)\]$/.test(value);
  return elsewhere ? [] : [['custom_validation_failed', possible]];
}
