import { visible } from '../src/visible.ts';

type Value = string | number | boolean | readonly string[];

/** Attributes of a DOT statement. A list is a text of several lines. */
export type Attributes = Readonly<Record<string, Value>>;

/** Writes a DOT statement: `"start" [label="start"];`. */
export function statement(subject: string, attributes: Attributes): string {
  const list = Object.entries(attributes).map(([name, value]) => `${name}=${write(value)}`);
  return `${subject} [${list.join(', ')}];`;
}

/** Writes a DOT string that shows a text as it is: no escape and no entity of Graphviz's means anything in it. */
export function quote(text: string): string {
  return `"${escaped(text)}"`;
}

/** Moves lines in by one step. */
export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function write(value: Value): string {
  if (typeof value === 'string') return quote(value);
  return typeof value === 'object' ? `"${value.map(escaped).join('\\n')}"` : String(value);
}

function escaped(text: string): string {
  return visible(text).replaceAll('\\', '\\\\').replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
