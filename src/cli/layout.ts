import { styleText } from 'node:util';
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { countOf } from '../plan/say-work.ts';
import { visible } from '../visible.ts';
import { largest } from './largest.ts';
import type { Look } from './look.ts';

// How everything is shown to people: bold headings, dim rows of what is skipped, ✓ and ✗, and lines that hang where they run on.
// A colour says nothing that a word or a mark does not.

/** Marks of what is fine and of what is not. */
export const fine = '✓';
export const wrong = '✗';

/** A row of a table. `skipped`: of something that does not happen. */
export interface Row {
  readonly cells: readonly string[];
  readonly skipped?: boolean;
}

/** The least columns that a text is broken to: below that, lines run over. */
const narrowest = 12;

const gap = '  ';

/**
 * Rows of cells as lines below a heading, each column as wide as its widest cell. Where that is too wide, the widest columns give
 * room first, and their cells run on below. A cell stays in its column, whatever is in it.
 */
export function table(heading: readonly string[], rows: readonly Row[], look: Look): string {
  const all = [{ cells: heading }, ...rows].map(({ cells }) => cells.map(visible));
  const widest = (lengthOf: (cell: string) => number) =>
    heading.map((_, column) => largest(all.map((cells) => lengthOf(cells[column] ?? ''))));
  const room = look.columns - gap.length * (heading.length - 1);
  const widths = fitted(widest(stringWidth), widest(longestWord), room);
  return all
    .flatMap((cells, index) => {
      const lines = rowLines(cells, widths);
      if (index === 0) return lines.map((line) => paint('bold', line, look));
      if (rows[index - 1]?.skipped === true) return lines.map((line) => paint('dim', line, look));
      return lines.map((line) => paintMarks(line, look));
    })
    .join('\n');
}

/** A text that begins behind a lead, and runs on below where it began. */
export function hanging(lead: string, text: string, look: Look): string {
  const indent = stringWidth(lead);
  const room = look.columns - indent;
  const lines = text.split('\n').flatMap((line) => broken(line, room, room));
  return lead + lines.join(`\n${' '.repeat(indent)}`);
}

/** A sentence by itself. */
export function sentence(text: string, look: Look): string {
  return lines([hanging('', text.trimEnd(), look)]);
}

/** The heading of what is said of one thing. */
export function heading(text: string, look: Look): string {
  return bold(hanging('', visible(text), look), look);
}

/** The heading of what is said of one thing: a mark, and what is so. */
export function verdict(mark: typeof fine | typeof wrong, text: string, look: Look): string {
  return bold(hanging(`${mark} `, visible(text), look), look);
}

function bold(text: string, look: Look): string {
  return text
    .split('\n')
    .map((line) => paint('bold', paintMarks(line, look), look))
    .join('\n');
}

/** Warnings, each on its line. */
export function warningLines(warnings: readonly string[], look: Look): readonly string[] {
  // Yellow words cannot be read on a light ground.
  return warnings.map((warning) => hanging(`${paint('bold', 'warning:', look)} `, visible(warning), look));
}

/** How many warnings there are, for the line that closes a table. */
export function warningCount(warnings: readonly unknown[]): readonly string[] {
  return warnings.length === 0 ? [] : [countOf(warnings.length, 'warning')];
}

/** Lines as text that ends with a line break. */
export function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

/** A text in a style, where the stream takes colour. */
export function paint(style: 'bold' | 'dim' | 'green' | 'red', text: string, look: Look): string {
  return look.color ? styleText(style, text, { validateStream: false }) : text;
}

function paintMarks(line: string, look: Look): string {
  return line.replace(/(?<=^| {2})[✓✗](?= |$)/g, (mark) =>
    paint(mark === fine ? 'green' : 'red', mark, look),
  );
}

/**
 * The widths of columns that have so much room together: the widest are cut down to one width, and through words only where there
 * is no other way.
 */
function fitted(widths: readonly number[], words: readonly number[], room: number): readonly number[] {
  const cut = (most: number, least: readonly number[]) =>
    widths.map((width, column) => Math.max(Math.min(width, most), least[column] ?? 0));
  const narrowed = (least: readonly number[]) => {
    let most = largest(widths);
    while (most > narrowest && sum(cut(most, least)) > room) most -= 1;
    return cut(most, least);
  };
  const whole = narrowed(words);
  return sum(whole) > room ? narrowed([]) : whole;
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map((word) => stringWidth(word)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function rowLines(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const columns = widths.map((width, column) => ({ width, lines: cellLines(cells[column] ?? '', width) }));
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ width, lines }) => padded(lines[line] ?? '', width))
      .join(gap)
      .trimEnd(),
  );
}

/** A cell as lines. What runs on stands two columns to the right of where the cell begins. */
function cellLines(cell: string, width: number): readonly string[] {
  const text = cell.trimStart();
  const indent = ' '.repeat(cell.length - text.length);
  const room = width - indent.length;
  return broken(text, room, room - gap.length).map((line, index) => indent + (index === 0 ? '' : gap) + line);
}

/** A text as lines, the first of one width and the others of another. */
function broken(text: string, width: number, others: number): readonly string[] {
  const said = text.trimEnd();
  if (stringWidth(said) <= Math.max(width, narrowest)) return [said];
  const first = wrapped(said, width).slice(0, 1).join('');
  return [first, ...wrapped(said.slice(first.length).trimStart(), others)];
}

/** The space inside "832 x 1216", "cfg 6.5" and "30 steps". */
const besideNumber =
  /(?<=\d) (?=x \d)|(?<=\d x) (?=\d)|(?<=\p{L}) (?=[\d.]+(?:,|$))|(?<=(?:^|, )\d+) (?=\p{L})/gu;

/** Breaks a text between words. A number stays with what it is the number of. */
function wrapped(text: string, width: number): readonly string[] {
  const glued = text.replace(besideNumber, '\u00a0');
  return wrapAnsi(glued, Math.max(width, narrowest), { hard: true }).replaceAll('\u00a0', ' ').split('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
