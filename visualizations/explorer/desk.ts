import type { JsonObject } from '../../src/index.ts';
import type { Exploration } from './exploration.ts';

/** What is said of something that was brought: a line, and what there is besides. */
export interface Report {
  readonly headline: string;
  readonly details: readonly string[];
}

/** What a sheet came from, and how it was read. */
export interface Brought extends Report {
  readonly tone: 'good' | 'warn';
  /** The RunConfig as it was brought: with another, the report is one of what was edited since. */
  readonly config: JsonObject;
}

/** One run that is open. */
export interface Sheet {
  readonly name: string;
  readonly exploration: Exploration;
  readonly brought: Brought | null;
  /** What stands in the editor while it cannot be read. null: the text of the RunConfig. */
  readonly draft: string | null;
}

/** All that is open, and which of it is looked at. Undo goes from one desk to the one before. */
export interface Desk {
  readonly sheets: readonly Sheet[];
  readonly current: number;
  /** What could not be taken, which changed nothing. */
  readonly refusal: Report | null;
}

/** A sheet of an exploration that came from nowhere. */
export function sheetOf(exploration: Exploration): Sheet {
  return { name: '', exploration, brought: null, draft: null };
}

/** A desk with one run on it. */
export function deskOf(sheet: Sheet): Desk {
  return { sheets: [sheet], current: 0, refusal: null };
}

/** The sheet that is looked at. */
export function sheetOn({ sheets, current }: Desk): Sheet {
  const sheet = sheets[current] ?? sheets[0];
  if (sheet === undefined) throw new RangeError('A desk has a sheet.');
  return sheet;
}

/** The desk with a change in the sheet that is looked at. */
export function withSheet(desk: Desk, change: Partial<Sheet>): Desk {
  const changed = { ...sheetOn(desk), ...change };
  return { ...desk, sheets: desk.sheets.map((sheet, index) => (index === desk.current ? changed : sheet)) };
}
