import { sheetOn, withSheet } from './desk.ts';
import { button, element } from './element.ts';
import { readingOf } from './exploration.ts';
import type { Notice } from './notice.ts';
import { readConfig } from './read-config.ts';
import type { Store } from './store.ts';
import { copyText, downloadText } from './transfer.ts';
import { problemsOf } from './verdict-words.ts';
import type { View } from './view.ts';

/**
 * The RunConfig as text that can be typed in. What is no JSON is said below it and changes nothing but the draft; what is
 * wrong with the run is said there too.
 */
export function configEditor(store: Store, notice: Notice): View {
  const text = element('textarea', {
    id: 'config-json',
    rows: 14,
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'config-problem',
  });
  const problem = element('p', { class: 'problem', id: 'config-problem' });
  let typed: unknown;
  text.addEventListener('input', () => {
    const read = readConfig(text.value);
    if (read.success) {
      typed = read.config;
      store.change({ config: read.config }, 'editor');
    } else {
      store.put(withSheet(store.desk(), { draft: text.value }), { burst: 'editor' });
    }
  });
  const heading = element('h2', {}, element('label', { for: 'config-json' }, 'RunConfig'));
  const whole = () => {
    const { draft, exploration } = sheetOn(store.desk());
    return draft ?? print(exploration.config);
  };
  return {
    node: jsonSection(
      'config',
      heading,
      text,
      actions('RunConfig', 'run-config.json', whole, notice),
      problem,
    ),
    show: (exploration, verdict, { draft }) => {
      const { config } = exploration;
      // The text stays as it is typed for as long as it says the same.
      if (draft !== null ? text.value !== draft : config !== typed) text.value = draft ?? print(config);
      if (draft === null) typed = config;
      const read = draft === null ? undefined : readConfig(draft);
      problem.textContent =
        read?.success === false ? read.message : (problemsOf(verdict, readingOf(exploration))[0] ?? '');
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
      { 'aria-label': `Copy the ${what}` },
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
