import './jitless.ts';
import { bindAddress, linkedExploration } from './address.ts';
import { element } from './element.ts';
import { Exploration } from './exploration.ts';
import { pageHeader } from './header.ts';
import { configEditor, planText } from './json-view.ts';
import { machineView } from './machine-view.ts';
import { matrixView } from './matrix-view.ts';
import { createNotice } from './notice.ts';
import { planView } from './plan-view.ts';
import { policyPanel } from './policy-panel.ts';
import { readConfig } from './read-config.ts';
import { runPanel } from './run-panel.ts';
import { firstSample } from './samples.ts';
import { createStore } from './store.ts';
import { takeText } from './transfer.ts';
import { judge } from './verdict.ts';
import { verdictView } from './verdict-view.ts';

const notice = createNotice();
const store = createStore(linkedExploration(notice) ?? Exploration.parse({ config: firstSample }));

const run = runPanel(store);
const policies = policyPanel(store);
const verdict = verdictView(store);
const machine = machineView(notice);
const plan = planView(store);
const matrix = matrixView(store);
const config = configEditor(store, notice);
const result = planText(notice);

const page = [
  pageHeader(store, notice, take),
  element(
    'main',
    {},
    element(
      'section',
      { class: 'ask', 'aria-labelledby': 'ask-title' },
      element('h2', { id: 'ask-title' }, 'Switches'),
      run.node,
    ),
    element(
      'div',
      { class: 'answer', id: 'answer', tabindex: -1 },
      verdict.node,
      element('div', { class: 'way' }, machine.node, plan.node),
    ),
    element('div', { class: 'beside' }, matrix.node, policies.node),
    element('div', { class: 'texts' }, config.node, result.node),
  ),
  notice.node,
];
document.querySelector('#page')?.replaceChildren(...page);

// The hash of the address belongs to the config, so the skip link moves the focus by itself.
document.querySelector('#skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#answer')?.focus();
});

const views = [run, policies, verdict, machine, plan, matrix, config, result];
store.listen((exploration) => {
  const judged = judge(exploration);
  for (const view of views) view.show(exploration, judged);
});
bindAddress(store, notice);
takeText(take);

function take(text: string): void {
  const read = readConfig(text);
  if (read.success) store.change({ config: read.config });
  notice.say(read.success ? 'The RunConfig is loaded.' : read.message);
}
