import { type Desk, deskOf, sheetOf, sheetOn } from './desk.ts';
import type { Exploration } from './exploration.ts';
import { longestLink, readLink, writeLink } from './link.ts';
import type { Notice } from './notice.ts';

/** The run that the address bar has, if any. What cannot be read is said. */
export function linkedDesk(notice: Notice): Desk | null {
  const { hash } = location;
  if (hash.length < 2) return null;
  const linked = readLink(hash);
  if (linked !== null) return deskOf(sheetOf(linked));
  notice.say(`The link is ${hash.length > longestLink ? 'too long' : 'damaged'}, so it was not read.`);
  return null;
}

/** The address of an exploration, or `null` where it is too long for a link. */
export function addressOf(exploration: Exploration): string | null {
  const hash = writeLink(exploration);
  return hash === null ? null : new URL(hash, location.href).href;
}

/** What stands behind the address of the page for what is looked at, and whether that is all of it. */
export function hashOf(desk: Desk): { readonly hash: string; readonly isWhole: boolean } {
  const hash = writeLink(sheetOn(desk).exploration);
  return { hash: hash ?? '#', isWhole: hash !== null };
}
