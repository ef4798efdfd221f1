import { safeParseRunConfig } from '../config/parse-run-config.ts';
import type { JsonValue } from '../json.ts';
import type { SweepAxis } from '../sweep/axes.ts';
import { withField } from '../sweep/set-field.ts';

/** An axis as `--axis` states it, not read yet: `steps` and `20,30`. */
export interface AxisText {
  readonly field: string;
  readonly text: string;
}

/** Parts the text of an axis at its first "=". undefined: it has none, or nothing before it. */
export function partAxis(axis: string): AxisText | undefined {
  const [, field, text] = axis.match(/^([^=]+)=(.*)$/s) ?? [];
  return field === undefined || text === undefined ? undefined : { field: field.trim(), text };
}

const number = '(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)';
const range = new RegExp(`^\\s*${number}\\.\\.${number}(?::${number})?\\s*$`);
const quoted = '"(?:[^"\\\\]|\\\\.)*"(?=\\s*(?:,|$))';
const item = new RegExp(`,\\s*(${quoted}|[^,]*)`, 'gs');

/**
 * Reads the values of an axis for a run: a range `0.2..0.5:0.1`, or values with commas between. A value is JSON where it is a
 * number, true, false, null or a quoted text, and else the text itself; so it is where the field takes no other value.
 */
export function parseAxis({ field, text }: AxisText, base: object): SweepAxis {
  const takes = (value: JsonValue) => !isOfWrongType(base, field, value);
  const [, from, to, step] = text.match(range) ?? [];
  if (from !== undefined && to !== undefined && (takes(Number(from)) || !takes(text))) {
    const by = Number(to) < Number(from) ? -1 : 1;
    return {
      field,
      range: { from: Number(from), to: Number(to), step: step === undefined ? by : Number(step) },
    };
  }
  const values = Array.from(`,${text}`.matchAll(item), ([, each = '']) => readValue(each.trim(), takes));
  return { field, values };
}

function readValue(text: string, takes: (value: JsonValue) => boolean): JsonValue {
  const value = scalarOf(text);
  return takes(value) || !takes(text) ? value : text;
}

function scalarOf(text: string): JsonValue {
  if (!/^(?:".*"|-?\d.*|true|false|null)$/s.test(text)) return text;
  try {
    // A shell's text may have line breaks as they are, which JSON has not.
    return JSON.parse(text.replaceAll('\n', '\\n'));
  } catch {
    return text;
  }
}

function isOfWrongType(base: object, field: string, value: JsonValue): boolean {
  const result = safeParseRunConfig(withField(base, field, value) ?? base);
  if (result.success) return false;
  return result.error.problems.some(({ path, code }) => code === 'wrong_type' && path.join('.') === field);
}
