import type { Exploration } from './exploration.ts';
import { longestLink, readLink, writeLink } from './link.ts';
import type { Notice } from './notice.ts';
import type { Store } from './store.ts';

const settled_ms = 200;

/** Keeps the address bar and the page saying the same. What cannot be read out of a link is said and left alone. */
export function bindAddress(store: Store, notice: Notice): void {
  let timer = 0;
  window.addEventListener('hashchange', () => {
    const linked = read(location.hash, notice);
    if (linked !== null) store.change(linked);
  });
  store.listen((exploration) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, '', hashFor(exploration)), settled_ms);
  });
}

/** The exploration that the page was opened with, if its link has one. */
export function linkedExploration(notice: Notice): Exploration | null {
  return location.hash.length < 2 ? null : read(location.hash, notice);
}

/** The address of an exploration, or `null` where it is too long for a link. */
export function addressOf(exploration: Exploration): string | null {
  const hash = writeLink(exploration);
  return hash === null ? null : new URL(hash, location.href).href;
}

function hashFor(exploration: Exploration): string {
  return writeLink(exploration) ?? '#';
}

function read(hash: string, notice: Notice): Exploration | null {
  const linked = readLink(hash);
  if (linked === null)
    notice.say(
      hash.length > longestLink
        ? 'The link is too long, so it was not read.'
        : 'The link is damaged, so it was not read.',
    );
  return linked;
}
