import type { Report } from '../desk.ts';
import { button, element } from '../element.ts';
import type { Store } from '../store.ts';
import type { View } from '../view.ts';

/** What was brought and how it was read; and what was refused. */
export function broughtView(store: Store): View {
  const node = element('div', { class: 'brought', role: 'status' });
  return {
    node,
    show: ({ config }, _verdict, { brought }) => {
      const { refusal } = store.desk();
      const edited = brought !== null && brought.config !== config ? ' Edited since.' : '';
      node.replaceChildren(
        ...(refusal === null ? [] : [note(refusal, 'bad', refusal.headline, dismissRefusal)]),
        ...(brought === null ? [] : [note(brought, brought.tone, `${brought.headline}${edited}`, null)]),
      );
    },
  };

  function dismissRefusal(): void {
    store.put({ ...store.desk(), refusal: null }, 'none');
  }
}

const signs = { good: '✓', warn: '!', bad: '✕' };

function note(
  { details }: Report,
  tone: keyof typeof signs,
  headline: string,
  dismiss: (() => void) | null,
): HTMLElement {
  const sign = element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[tone]);
  const list = element(
    'ul',
    // What scrolls has to be in reach of the keyboard.
    { class: 'messages', tabindex: 0, 'aria-label': 'What was read' },
    ...details.map((detail) => element('li', {}, detail)),
  );
  const close = dismiss === null ? [] : [button('Dismiss', dismiss, { class: 'quiet' })];
  const body =
    details.length === 0 || tone === 'bad'
      ? [element('p', {}, sign, headline), ...(details.length === 0 ? [] : [list])]
      : [element('details', {}, element('summary', {}, sign, headline), list)];
  return element('div', { class: 'report', 'data-tone': tone }, ...body, ...close);
}
