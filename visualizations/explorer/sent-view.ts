import { type BackendName, backends } from './backends.ts';
import { element } from './element.ts';
import type { Piece, Sent } from './sent.ts';

/** What a backend is sent for one stage, folded. `unfolded` remembers the stages whose fold stands open. */
export function sentView(
  sent: Sent,
  backend: BackendName,
  stageId: string,
  unfolded: Set<string>,
): HTMLElement {
  const { pieces, warnings, refusals } = sent.of(stageId);
  const details = element(
    'details',
    { class: 'sent', open: unfolded.has(stageId), 'data-refused': refusals.length > 0 },
    element(
      'summary',
      {},
      'What is sent ',
      element('span', { class: 'about' }, summaryOf(backend, sent.refused, refusals.length)),
    ),
    ...messages('refusals', refusals),
    ...messages('warnings', warnings),
    ...(sent.refused && refusals.length === 0
      ? [element('p', { class: 'why' }, 'Nothing is sent for any stage while another is refused.')]
      : []),
    ...pieces.flatMap(piece),
  );
  details.addEventListener('toggle', () => {
    if (details.open) unfolded.add(stageId);
    else unfolded.delete(stageId);
  });
  return details;
}

function summaryOf(backend: BackendName, refused: boolean, refusals: number): string {
  const name = backends[backend];
  if (!refused) return `to ${name}`;
  return refusals === 0 ? `nothing: ${name} refuses another stage` : `nothing: ${name} cannot do this stage`;
}

function messages(kind: 'refusals' | 'warnings', said: readonly string[]): readonly HTMLElement[] {
  if (said.length === 0) return [];
  return [element('ul', { class: kind }, ...said.map((message) => element('li', {}, message)))];
}

function piece({ title, about, text }: Piece): readonly HTMLElement[] {
  return [
    element('h4', {}, title),
    element('p', { class: 'about' }, about),
    // What scrolls has to be in reach of the keyboard.
    element('pre', { tabindex: 0 }, text),
  ];
}
