/** Attributes of a DOT statement. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Writes a DOT statement: `"start" [label="start"];`. */
export function statement(subject: string, attributes: Attributes): string {
  const list = Object.entries(attributes).map(([name, value]) => `${name}=${write(value)}`);
  return `${subject} [${list.join(', ')}];`;
}

/** Writes a DOT string. The quote is the one character that needs an escape; `\n` breaks the line of a label. */
export function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** A text as a label shows it, backslashes and line breaks included. */
export function literal(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Moves lines in by one step. */
export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function write(value: string | number | boolean): string {
  return typeof value === 'string' ? quote(value) : String(value);
}
