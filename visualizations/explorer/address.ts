import type { Exploration } from './exploration.ts';
import { longestLink, readLink, writeLink } from './link.ts';
import type { Notice } from './notice.ts';
import type { Store } from './store.ts';

const settled_ms = 200;

/** Keeps the address bar and the page saying the same. */
export function bindAddress(store: Store, notice: Notice): void {
  let timer = 0;
  window.addEventListener('hashchange', () => {
    const linked = linkedExploration(notice);
    if (linked !== null) store.change(linked);
  });
  store.listen((exploration) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, '', hashFor(exploration)), settled_ms);
  });
}

/** The exploration that the address bar has, if any. What cannot be read is said. */
export function linkedExploration(notice: Notice): Exploration | null {
  const { hash } = location;
  if (hash.length < 2) return null;
  const linked = readLink(hash);
  if (linked === null) notice.say(`The link is ${faultOf(hash)}, so it was not read.`);
  return linked;
}

/** The address of an exploration, or `null` where it is too long for a link. */
export function addressOf(exploration: Exploration): string | null {
  const hash = writeLink(exploration);
  return hash === null ? null : new URL(hash, location.href).href;
}

function hashFor(exploration: Exploration): string {
  return writeLink(exploration) ?? '#';
}

function faultOf(hash: string): string {
  return hash.length > longestLink ? 'too long' : 'damaged';
}
