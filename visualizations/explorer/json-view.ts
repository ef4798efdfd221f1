import { button, element } from './element.ts';
import type { Notice } from './notice.ts';
import { readConfig } from './read-config.ts';
import type { Store } from './store.ts';
import { copyText, downloadText } from './transfer.ts';
import type { View } from './view.ts';

/** The RunConfig as text that can be typed in. What is no JSON is said below it and changes nothing. */
export function configEditor(store: Store, notice: Notice): View {
  const text = element('textarea', {
    id: 'config-json',
    rows: 14,
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'config-problem',
  });
  const problem = element('p', { class: 'problem', id: 'config-problem' });
  text.addEventListener('input', () => {
    const read = readConfig(text.value);
    problem.textContent = read.success ? '' : read.message;
    if (read.success) store.change({ config: read.config });
  });
  const heading = element('h2', {}, element('label', { for: 'config-json' }, 'RunConfig'));
  return {
    node: jsonSection(
      'config',
      heading,
      text,
      actions('RunConfig', 'run-config.json', () => print(store.get().config), notice),
      problem,
    ),
    show: ({ config }) => {
      if (document.activeElement === text) return;
      text.value = print(config);
      problem.textContent = '';
    },
  };
}

/** The plan as JSON, byte for byte what the library returns. */
export function planText(notice: Notice): View {
  const text = element('pre', {
    id: 'plan-json',
    tabindex: 0,
    role: 'region',
    'aria-labelledby': 'plan-json-title',
  });
  const buttons = actions('plan', 'stage-plan.json', () => text.textContent ?? '', notice);
  const heading = element('h2', { id: 'plan-json-title' }, 'StageExecutionPlan');
  const node = jsonSection('result', heading, text, buttons);
  return {
    node,
    show: (_exploration, verdict) => {
      node.hidden = verdict.kind !== 'planned';
      text.textContent = verdict.kind === 'planned' ? print(verdict.plan) : '';
    },
  };
}

function actions(what: string, file: string, text: () => string, notice: Notice): HTMLElement {
  return element(
    'p',
    { class: 'actions' },
    button(
      'Copy',
      () => void copyText(text()).then((done) => notice.say(done ? `The ${what} is copied.` : cannotCopy)),
      {
        'aria-label': `Copy the ${what}`,
      },
    ),
    button('Download', () => downloadText(file, 'application/json', `${text()}\n`), {
      'aria-label': `Download the ${what}`,
    }),
  );
}

const cannotCopy = 'The browser does not let this page copy. Select the text instead.';

function jsonSection(
  name: string,
  heading: HTMLElement,
  text: HTMLElement,
  buttons: HTMLElement,
  ...rest: readonly HTMLElement[]
) {
  return element(
    'section',
    { class: `json json-${name}` },
    element('div', { class: 'bar' }, heading, buttons),
    text,
    ...rest,
  );
}

function print(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
