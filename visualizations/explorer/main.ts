import './jitless.ts';
import { linkedDesk } from './address.ts';
import { bring } from './bring/bring.ts';
import { broughtView } from './bring/brought-view.ts';
import { tabsView } from './bring/tabs-view.ts';
import { deskOf, sheetOf, sheetOn } from './desk.ts';
import { element } from './element.ts';
import { Exploration } from './exploration.ts';
import { headerActions } from './header.ts';
import { bindHistory, keptDesk } from './history.ts';
import { configEditor, planText } from './json-view.ts';
import { lateView } from './late-view.ts';
import { machineView } from './machine-view.ts';
import { matrixView } from './matrix-view.ts';
import { createNotice } from './notice.ts';
import { planView } from './plan-view.ts';
import { policyPanel } from './policy-panel.ts';
import { runPanel } from './run-panel.ts';
import { firstSample } from './samples.ts';
import { createStore } from './store.ts';
import { type Take, takeTransfers } from './transfer.ts';
import { undoByKeys } from './undo-keys.ts';
import { judge } from './verdict.ts';
import { verdictView } from './verdict-view.ts';

const notice = createNotice();
const store = createStore(
  keptDesk() ?? linkedDesk(notice) ?? deskOf(sheetOf(Exploration.parse({ config: firstSample }))),
);

const tabs = tabsView(store);
const run = runPanel(store);
const policies = lateView(() => policyPanel(store));
const verdict = verdictView(store);
const brought = broughtView(store);
const machine = machineView(notice);
const plan = lateView(() => planView(store, notice));
const matrix = lateView(() => matrixView(store));
const config = lateView(() => configEditor(store, notice));
const result = lateView(() => planText(notice));
const history = bindHistory(store, notice);
const take: Take = (files) => bring(store, files);

const main = element(
  'main',
  { id: 'page-main' },
  element(
    'section',
    { class: 'ask', 'aria-labelledby': 'ask-title' },
    element('h2', { id: 'ask-title' }, 'Switches'),
    run.node,
  ),
  element('div', { class: 'answer', id: 'answer', tabindex: -1 }, machine.node, plan.node),
  element('div', { class: 'beside' }, matrix.node, policies.node),
  element('div', { class: 'texts' }, config.node, result.node),
);
document.querySelector('.page-header')?.append(headerActions(store, history, notice, take));
document.querySelector('#page')?.append(tabs.node, verdict.node, brought.node, main, notice.node);

// The hash of the address belongs to the config, so the skip link moves the focus by itself.
document.querySelector('#skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#answer')?.focus();
});

const views = [tabs, run, policies, verdict, brought, machine, plan, matrix, config, result];
store.listen((desk) => {
  const sheet = sheetOn(desk);
  const judged = judge(sheet.exploration);
  main.toggleAttribute('data-stale', sheet.draft !== null);
  for (const view of views) view.show(sheet.exploration, judged, sheet);
});
takeTransfers(take);
undoByKeys(history);
