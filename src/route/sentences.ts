import { type Entry, planFinished, subjectName } from '../sequence/sequence.ts';

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/** Writes what can follow as people say it: "txt2img or img2img", "the end of the plan". */
export function sayEvents(events: readonly string[]): string {
  if (events.length === 0) return 'nothing';
  return alternatives.format(
    events.map((event) => (event === planFinished ? 'the end of the plan' : subjectName(event))),
  );
}

/** Writes where a stage or pass can be entered: "txt2img, img2img, or start (if externalInputAllowed)". */
export function sayEntries(entries: readonly Entry[]): string {
  return alternatives.format(
    entries.map(({ state, guard }) => (guard === null ? state : `${state} (if ${guard})`)),
  );
}
