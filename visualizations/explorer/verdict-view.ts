import { type Fix, sayWarning } from '../../src/index.ts';
import { button, element } from './element.ts';
import type { Store } from './store.ts';
import { headlineOf, type Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** Whether there is a plan; if not, why, and the nearest ways to one. */
export function verdictView(store: Store): View {
  const headline = element('h2', { id: 'verdict', tabindex: -1 });
  const reasons = element('div', { class: 'reasons' });
  const node = element(
    'section',
    { class: 'verdict', 'aria-labelledby': 'verdict' },
    element('div', { role: 'status' }, headline),
    reasons,
  );
  return {
    node,
    show: (_exploration, verdict) => {
      node.dataset.kind = verdict.kind;
      headline.textContent = headlineFor(verdict);
      reasons.replaceChildren(...reasonsFor(verdict, (fix) => apply(fix)));
    },
  };

  function apply(fix: Fix): void {
    store.change({ config: { ...store.get().config, ...fix.change }, ...fix.options });
    headline.focus();
  }
}

function headlineFor(verdict: Verdict): string {
  if (verdict.kind !== 'planned') return headlineOf(verdict.error);
  const { stages } = verdict.plan;
  return `A legal plan of ${stages.length} ${stages.length === 1 ? 'stage' : 'stages'}.`;
}

function reasonsFor(verdict: Verdict, apply: (fix: Fix) => void): readonly Node[] {
  if (verdict.kind === 'planned') {
    const stages = verdict.plan.stages.map(({ stage_type }) => element('li', {}, stage_type));
    const warnings = verdict.plan.warnings.map((warning) => ({ message: sayWarning(warning) }));
    return [
      element('ol', { class: 'word', 'aria-label': 'Stages in order' }, ...stages),
      ...(warnings.length === 0 ? [] : [element('h3', {}, 'Mind'), messages(warnings)]),
    ];
  }
  if (verdict.kind === 'invalid') return [messages(verdict.error.problems)];
  const { rejections, fixes } = verdict.explanation;
  const buttons = fixes.map((fix) =>
    element(
      'li',
      {},
      button(sentence(fix.message), () => apply(fix), { class: 'fix' }),
    ),
  );
  return [
    messages(rejections),
    ...(buttons.length === 0
      ? []
      : [element('h3', {}, 'To fix it'), element('ul', { class: 'fixes' }, ...buttons)]),
  ];
}

function messages(items: readonly { readonly message: string }[]): HTMLElement {
  return element('ul', { class: 'messages' }, ...items.map(({ message }) => element('li', {}, message)));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
