import { type Desk, sheetOn } from '../desk.ts';
import type { Store } from '../store.ts';
import { type BroughtFile, readFile, type Taken } from './read-file.ts';

/** Puts what was brought on the desk, in place of what was there; undo gives that back. What is refused changes nothing. */
export function bring(store: Store, files: readonly BroughtFile[]): void {
  const desk = store.desk();
  const taken = files.map((file) => readFile(file, sheetOn(desk).exploration));
  const next = deskWith(desk, taken);
  store.put(next, next.sheets === desk.sheets ? 'none' : 'step');
}

function deskWith(desk: Desk, taken: readonly Taken[]): Desk {
  const sheets = taken.flatMap((each) => each.sheets);
  const refusals = taken.flatMap(({ refusal }) => refusal ?? []);
  const [first, ...others] = refusals;
  const refusal =
    first === undefined
      ? null
      : {
          headline: first.headline,
          details: [...first.details, ...others.flatMap(({ headline, details }) => [headline, ...details])],
        };
  return sheets.length === 0 ? { ...desk, refusal } : { sheets, current: 0, refusal };
}

/** The text of a file as bytes, as if it had been dropped. */
export function pastedText(text: string): BroughtFile {
  return { name: 'what was pasted', bytes: new TextEncoder().encode(text) };
}
