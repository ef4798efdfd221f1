import * as z from 'zod';
import { hashOf, linkedDesk } from './address.ts';
import { type Desk, sheetOn } from './desk.ts';
import { Exploration } from './exploration.ts';
import type { Notice } from './notice.ts';
import type { Store } from './store.ts';

const settled_ms = 300;

/** Steps back and forth through what was looked at. */
export interface History {
  readonly undo: () => void;
  readonly redo: () => void;
  /** Hears whether there is a step back, and one forth. */
  readonly listen: (listener: (canUndo: boolean, canRedo: boolean) => void) => void;
}

/** What the browser keeps of a step, for as long as its tab is open: where it stands, and all that was on the desk. */
const Entry = z.object({ at: z.int(), last: z.int(), desk: z.custom<Desk>(isDesk) });

/**
 * Makes the browser's history that of the page: undo is the back button, and the address says what is looked at.
 *
 * Typing in one field is one step. A run that is too long for the address is kept in the history alone, and that is said.
 */
export function bindHistory(store: Store, notice: Notice): History {
  const kept = Entry.safeParse(history.state).data;
  let at = kept?.at ?? 0;
  let last = kept?.last ?? 0;
  let burst = '';
  let timer = 0;
  let unwritten = false;
  let wasWhole = true;
  const listeners: ((canUndo: boolean, canRedo: boolean) => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener(at > 0, at < last);
  };

  function write(how: 'push' | 'replace'): void {
    const desk = store.desk();
    const { hash, isWhole } = hashOf(desk);
    if (!isWhole && wasWhole)
      notice.say('This run is too long for the address. It is kept for as long as this tab is open.');
    wasWhole = isWhole;
    const state = { at, last, desk };
    if (how === 'push') history.pushState(state, '', hash);
    else history.replaceState(state, '', hash);
  }

  function settle(): void {
    window.clearTimeout(timer);
    if (unwritten) write('replace');
    unwritten = false;
  }

  store.listen((_desk, step) => {
    if (step === 'none') return;
    if (step === 'look') {
      settle();
      return write('replace');
    }
    const next = step === 'step' ? '' : step.burst;
    if (next !== '' && next === burst) {
      unwritten = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(settle, settled_ms);
      return;
    }
    burst = next;
    at += 1;
    last = at;
    write('push');
    tell();
  });

  window.addEventListener('popstate', ({ state }) => {
    window.clearTimeout(timer);
    unwritten = false;
    burst = '';
    const entry = Entry.safeParse(state).data;
    if (entry !== undefined) {
      at = entry.at;
      store.put(entry.desk, 'none');
      return tell();
    }
    // Another address was typed in or followed: a step like any other.
    const linked = linkedDesk(notice);
    at += 1;
    last = at;
    if (linked !== null) store.put(linked, 'none');
    write('replace');
    tell();
  });
  window.addEventListener('pagehide', settle);
  write('replace');

  return {
    undo: () => {
      settle();
      if (at > 0) history.back();
    },
    redo: () => {
      settle();
      if (at < last) history.forward();
    },
    listen: (listener) => {
      listeners.push(listener);
      listener(at > 0, at < last);
    },
  };
}

/** What the tab still has of a page that is loaded again. */
export function keptDesk(): Desk | null {
  return Entry.safeParse(history.state).data?.desk ?? null;
}

function isDesk(value: unknown): boolean {
  const { sheets }: Partial<Desk> = Object(value);
  return (
    Array.isArray(sheets) &&
    sheets.length > 0 &&
    Exploration.safeParse(sheetOn(Object(value)).exploration).success
  );
}
