import { type Fix, sayDecision, sayWarning } from '../../src/index.ts';
import { subjectName } from '../../src/sequence/events.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import type { Journey } from '../journey.ts';
import { button, element, setAttributes, unseen, wholeSizes } from './element.ts';
import { readingOf } from './exploration.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verdict.ts';
import {
  problemsOf,
  type RunningStage,
  runningStages,
  sayFixInSwitches,
  sayRun,
  walksOf,
} from './verdict-words.ts';
import type { View } from './view.ts';

/** The one voice of the page, which stays in view: what runs, or what to do, with the nearest fixes; and why. */
export function verdictView(store: Store): View {
  const headline = element('h2', { id: 'verdict', tabindex: -1 });
  const stale = element('p', { class: 'stale-note' }, 'From the last readable text.');
  const body = element('div', { class: 'verdict-body' });
  const summary = element('summary', {});
  const reasons = element('div', { class: 'reasons' });
  const why = element('details', { class: 'why-details' }, summary, reasons);
  const node = element(
    'section',
    { class: 'verdict', 'aria-labelledby': 'verdict' },
    element('div', { role: 'status' }, headline, stale),
    body,
    why,
  );
  // What is scrolled to must not end up behind what stays in view.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--strip', `${node.offsetHeight}px`);
  }).observe(node);
  return {
    node,
    show: (exploration, verdict, { draft }) => {
      const reading = readingOf(exploration);
      node.dataset.kind = verdict.kind;
      stale.hidden = draft === null;
      const [first = '', ...others] = problemsOf(verdict, reading);
      headline.replaceChildren(
        sign(verdict),
        element('span', {}, ...(verdict.kind === 'planned' ? wholeSizes(sayRun(verdict.plan)) : [first])),
      );
      body.replaceChildren(...bodyOf(verdict, reading, others));
      why.hidden = verdict.kind === 'invalid';
      // What scrolls has to be in reach of the keyboard, also where nothing in it can be pressed.
      setAttributes(node, { tabindex: why.hidden && others.length > 0 ? 0 : undefined });
      summary.textContent = summaryOf(verdict);
      reasons.replaceChildren(...reasonsOf(verdict, reading));
    },
  };

  function bodyOf(verdict: Verdict, reading: SequenceReading, others: readonly string[]): readonly Node[] {
    if (verdict.kind === 'planned')
      return [
        element(
          'ol',
          { class: 'word', 'aria-label': 'Stages in order' },
          ...runningStages(verdict.plan).map(stageItem),
        ),
      ];
    const rest = others.length === 0 ? [] : [list('messages', others)];
    if (verdict.kind === 'invalid') return rest;
    const { fixes, fix_count } = verdict.explanation;
    const buttons = fixes.slice(0, mostFixes).map((fix) =>
      element(
        'li',
        {},
        button(sayFixInSwitches(fix, reading), () => apply(fix), { class: 'fix' }),
      ),
    );
    const more = fix_count.count - buttons.length;
    return [
      ...rest,
      ...(buttons.length === 0
        ? []
        : [element('ul', { class: 'fixes', 'aria-label': 'Ways to fix it' }, ...buttons)]),
      ...(more > 0 && buttons.length > 0 ? [element('p', { class: 'why' }, `and ${more} more ways`)] : []),
    ];
  }

  function apply(fix: Fix): void {
    store.change({ config: { ...store.get().config, ...fix.change }, ...fix.options });
    headline.focus();
  }
}

/** What stays in view has room for so many. */
const mostFixes = 6;

/** The verdict as a sign: no mark goes by its colour alone. */
function sign({ kind }: Verdict): HTMLElement {
  const signs = { planned: '✓', rejected: '✕', invalid: '!' };
  return element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[kind]);
}

function stageItem({ stage, passes, remark }: RunningStage): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: 'stage-name' }, stage),
    ...passes.map((pass) => element('span', { class: 'pass-name' }, unseen(' with '), pass)),
    ...(remark === null ? [] : [element('span', { class: 'remark' }, ` (${remark})`)]),
  );
}

function summaryOf(verdict: Verdict): string {
  if (verdict.kind !== 'planned') return 'Why';
  const { length } = verdict.plan.warnings;
  return length === 0 ? 'Why' : `Why, and ${length} to mind`;
}

function reasonsOf(verdict: Verdict, reading: SequenceReading): readonly Node[] {
  if (verdict.kind === 'invalid') return [];
  const { decisions, sequence_id } = verdict.explanation;
  const warnings = verdict.kind === 'planned' ? verdict.plan.warnings.map(sayWarning) : [];
  return [
    ...(warnings.length === 0 ? [] : [element('h3', {}, 'Mind'), list('messages', warnings)]),
    element('h3', {}, 'The walk'),
    walkList(verdict.journey, reading),
    ...walksOf(verdict, reading).map((walk) => element('p', { class: 'why' }, walk)),
    element('h3', {}, 'Each stage and pass'),
    element(
      'ul',
      { class: 'decisions' },
      ...decisions.map((decision) =>
        element(
          'li',
          { 'data-reason': decision.reason },
          element('span', { class: 'name' }, decision.stage ?? decision.pass ?? ''),
          element('span', { class: 'why' }, sayDecision(decision, sequence_id)),
        ),
      ),
    ),
  ];
}

/** The states that the walk passes, and what is refused where it ends. */
function walkList({ walk: { steps, state }, refused }: Journey, reading: SequenceReading): HTMLElement {
  const ranked = [...reading.runningOrder, ...refused].filter((event) => refused.includes(event));
  return element(
    'ol',
    { class: 'walk' },
    ...steps.map(({ event, from }) => element('li', {}, `${from}: ${subjectName(event)}`)),
    element('li', {}, state),
    ...[...new Set(ranked)].map((event) =>
      element('li', { class: 'refused' }, `✕ ${subjectName(event)} is refused here`),
    ),
  );
}

function list(name: string, items: readonly string[]): HTMLElement {
  return element('ul', { class: name }, ...items.map((item) => element('li', {}, item)));
}
