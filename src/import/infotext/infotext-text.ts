import { UnreadableInputError } from '../errors/unreadable-input-error.ts';

/** One `Key: value` of an infotext. Quotes are read; a key alone has itself as its value. */
export interface InfotextParameter {
  readonly key: string;
  readonly value: string;
}

/** The three parts of an infotext, and what stands behind them. */
export interface InfotextParts {
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly parameters: readonly InfotextParameter[];
  readonly rest: string;
}

/** The longest infotext that is read, in characters. */
export const maxInfotextLength = 1024 * 1024;

export const negativeLabel = 'Negative prompt:';

/**
 * Splits an infotext: the prompt, the negative prompt, and the line of parameters, which is the last with three of them.
 *
 * @throws {UnreadableInputError} when it is too long, or has no such line.
 */
export function splitInfotext(text: string): InfotextParts {
  if (text.length > maxInfotextLength) {
    const message = `The infotext has ${text.length} characters, and at most ${maxInfotextLength} are read.`;
    throw new UnreadableInputError('too_large', message);
  }
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
  const last = lines.findLastIndex(isParameterLine);
  if (last < 0) {
    const message =
      'The infotext has no line of parameters. Give the text that begins with the prompt and ends with "Steps: ...".';
    throw new UnreadableInputError('no_parameters', message);
  }
  const before = lines.slice(0, last);
  const negative = before.findIndex((line) => line.startsWith(negativeLabel));
  const prompt = negative < 0 ? before : before.slice(0, negative);
  const negativeLines = negative < 0 ? [] : before.slice(negative);
  return {
    prompt: prompt.join('\n'),
    negative_prompt: negativeLines.join('\n').slice(negativeLabel.length).trimStart(),
    parameters: readParameters(lines.slice(last, last + 1).join('')),
    rest: lines.slice(last + 1).join('\n'),
  };
}

const enoughToBeSure = 3;

function isParameterLine(line: string): boolean {
  return (
    /^\s{0,8}Steps: ?\d/.test(line) ||
    (/^\w[\w /-]{0,60}:/.test(line) && readParameters(line).length >= enoughToBeSure)
  );
}

/** Reads `Key: value, Key: "quoted, value", Key: {"json": 1}` in one go: it never looks at a character many times over. */
function readParameters(line: string): readonly InfotextParameter[] {
  const parameters: InfotextParameter[] = [];
  let start = 0;
  let colon = line.indexOf(':');
  while (start < line.length) {
    if (colon >= 0 && colon < start) colon = line.indexOf(':', start);
    const comma = endOf(line, start);
    if (colon < 0 || comma < colon) {
      const key = line.slice(start, comma).trim();
      if (key !== '') parameters.push({ key, value: key });
      start = comma + 1;
      continue;
    }
    const end = endOfValue(line, colon + 1);
    const value = unquote(line.slice(colon + 1, end).trim());
    parameters.push({ key: line.slice(start, colon).trim(), value });
    start = end + 1;
  }
  return parameters;
}

/** Writes a value so that {@link readParameters} reads it back. Source: the WebUI quotes by comma, colon and line break. */
export function quote(value: string): string {
  return /[,:\n]|^["{[]|^\s|\s$|^$/.test(value) ? JSON.stringify(value) : value;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

function endOf(line: string, from: number): number {
  const comma = line.indexOf(',', from);
  return comma < 0 ? line.length : comma;
}

/** Where a value ends: behind its quotes or brackets, if a comma or the end follows them, or else at the next comma. */
function endOfValue(line: string, from: number): number {
  const wrapped =
    /\s{0,8}(?:"(?:\\.|[^"\\]){0,100000}"|\{[^{}]{0,100000}\}|\[[^[\]]{0,100000}\])\s{0,8}(?=,|$)/y;
  wrapped.lastIndex = from;
  return wrapped.test(line) ? wrapped.lastIndex : endOf(line, from);
}
