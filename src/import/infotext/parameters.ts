/** One `Key: value` of an infotext. Quotes are read; a key alone has itself as its value. */
export interface InfotextParameter {
  readonly key: string;
  readonly value: string;
}

/** The value of a key, given in lower case, however it is capitalised. */
export function parameterValue(parameters: readonly InfotextParameter[], key: string): string | undefined {
  return parameters.find((parameter) => parameter.key.toLowerCase() === key)?.value;
}

/** Writes a value so that {@link readParameters} reads it back. Source: the WebUI quotes by comma, colon and line break. */
export function quote(value: string): string {
  return /[,:\n]|^["{[]|^\s|\s$|^$/.test(value) ? JSON.stringify(value) : value;
}

/**
 * Reads `Key: value, Key: "quoted, value", Key: {"json": [1, {}]}` in one go.
 *
 * It looks at a character a bounded number of times: what is opened and never closed is looked for until the budget is
 * spent, which is a multiple of the length, and then ends at its next comma.
 */
export function readParameters(text: string): readonly InfotextParameter[] {
  const parameters: InfotextParameter[] = [];
  const wrapping = wrappingOf(text);
  let start = 0;
  let colon = text.indexOf(':');
  while (start < text.length) {
    if (colon >= 0 && colon < start) colon = text.indexOf(':', start);
    const comma = endOf(text, start);
    if (colon < 0 || comma < colon) {
      const key = text.slice(start, comma).trim();
      if (key !== '') parameters.push({ key, value: key });
      start = comma + 1;
      continue;
    }
    const end = wrapping(colon + 1) ?? endOf(text, colon + 1);
    const value = unquote(text.slice(colon + 1, end).trim());
    parameters.push({ key: text.slice(start, colon).trim().replace(/\s+/g, ' '), value });
    start = end + 1;
  }
  return parameters;
}

function endOf(text: string, from: number): number {
  const comma = text.indexOf(',', from);
  return comma < 0 ? text.length : comma;
}

const looksPerCharacter = 4;

/** Finds where a value in quotes or brackets ends, if a comma or the end follows it. */
function wrappingOf(text: string): (from: number) => number | undefined {
  let budget = looksPerCharacter * text.length;
  return (from) => {
    const start = skipSpaces(text, from);
    const end = text.charAt(start) === '"' ? endOfQuote(text, start) : endOfBrackets(text, start, budget);
    budget -= (end ?? text.length) - start;
    if (end === undefined || holdsParameters(text.slice(start, end))) return undefined;
    const after = skipSpaces(text, end);
    return after === text.length || text.charAt(after) === ',' ? after : undefined;
  };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}

/** Walks from an opening quote to the one that closes it. */
function endOfQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\\') at += 1;
    if (letter === '"') return at + 1;
  }
  return undefined;
}

/** Walks from an opening bracket to the one that closes it, over the strings between them. */
function endOfBrackets(text: string, start: number, budget: number): number | undefined {
  if (!/[[{]/.test(text.charAt(start))) return start;
  let depth = 0;
  for (let at = start; at < Math.min(text.length, start + budget); at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') at = (endOfQuote(text, at) ?? text.length) - 1;
    if (letter === '{' || letter === '[') depth += 1;
    if (letter === '}' || letter === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

const enoughToBeParameters = 3;

/** A quote that is opened in one value and closed in another spans what lies between: those are parameters. */
function holdsParameters(value: string): boolean {
  if (!value.startsWith('"')) return false;
  const keys = value.match(
    /(?:^"|, )(?:Hires [a-z]|ADetailer [a-z]|Steps|Sampler|CFG scale|Seed|Size|Denoising strength|Version)[\w /]{0,40}: /g,
  );
  return (keys ?? []).length >= enoughToBeParameters;
}

/** What stands in quotes, as JSON writes it, or the value as it is. */
export function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value.replaceAll('\n', '\\n')));
  } catch {
    return value;
  }
}
