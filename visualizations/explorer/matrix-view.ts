import { countOf } from '../../src/plan/say-work.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import { valueAt } from './config-edits.ts';
import { button, element, setAttributes, unseen } from './element.ts';
import { type Exploration, readingOf, sequenceOf } from './exploration.ts';
import type { Store } from './store.ts';
import { plannedStages, type SwitchSet, type SwitchTable, switchTable } from './switch-sets.ts';
import type { View } from './view.ts';

interface Cell {
  readonly switches: SwitchSet;
  readonly node: HTMLButtonElement;
}

/** Every set of switches at a glance: legal or not, the present one marked, chosen by a click or the arrow keys. */
export function matrixView(store: Store): View {
  const table = element('table', { 'aria-labelledby': 'matrix-title' });
  const count = element('p', { class: 'hint' });
  let cells: readonly (readonly Cell[])[] = [];
  let shown: unknown;
  const choose = (switches: SwitchSet) => store.change({ config: { ...store.get().config, ...switches } });
  table.addEventListener('keydown', (event) => moveFocus(event, cells));
  const pointed = element('p', { class: 'hint pointed', 'aria-hidden': 'true' });
  for (const type of ['focusin', 'pointerover'])
    table.addEventListener(type, ({ target }) => {
      const cell = target instanceof Element ? target.closest('button') : null;
      pointed.textContent = cell?.getAttribute('aria-label') ?? '';
    });
  const node = element(
    'section',
    { class: 'matrix', 'aria-labelledby': 'matrix-title' },
    element('h2', { id: 'matrix-title' }, 'Every set of switches'),
    count,
    element('div', { class: 'matrix-table' }, table),
    pointed,
  );
  return {
    node,
    show: (exploration) => {
      const reading = readingOf(exploration);
      const switches = switchTable(reading);
      node.hidden = switches === null;
      if (switches === null) return;
      if (sequenceOf(exploration) !== shown) {
        shown = sequenceOf(exploration);
        cells = switches.rows.map((row) =>
          switches.columns.map((column) => cellFor({ ...row, ...column }, choose)),
        );
        table.replaceChildren(heading(switches), body(switches, cells));
      }
      const all = cells.flat();
      const legal = all.filter((cell) => mark(cell, exploration, reading) > 0).length;
      count.textContent = `${legal} of ${all.length} are legal. A number counts the stages of the plan.`;
    },
  };

  function mark({ switches, node }: Cell, exploration: Exploration, reading: SequenceReading): number {
    const stages = plannedStages(switches, reading);
    const chosen = Object.entries(switches).every(
      ([key, on]) => (valueAt(exploration.config, [key]) === true) === on,
    );
    node.textContent = stages === 0 ? '×' : String(stages);
    const says = `${nameOf(switches)}: ${stages === 0 ? 'no plan' : countOf(stages, 'stage')}`;
    setAttributes(node, {
      'aria-label': says,
      title: says,
      'aria-pressed': String(chosen),
      tabindex: chosen ? 0 : -1,
      'data-legal': stages > 0,
    });
    return stages;
  }
}

function cellFor(switches: SwitchSet, choose: (switches: SwitchSet) => void): Cell {
  return { switches, node: button('', () => choose(switches)) };
}

function heading({ across, columns, down }: SwitchTable): HTMLElement {
  const rows = across.map((key, index) =>
    element(
      'tr',
      {},
      ...(index === 0 ? down.map((name) => upright(name, across.length)) : []),
      element('th', { scope: 'row', class: 'across' }, plain(key)),
      ...columns.map((set) =>
        element('td', { class: 'dot', 'data-on': set[key] === true }, unseen(set[key] ? 'on' : 'off')),
      ),
    ),
  );
  return element('thead', {}, ...rows);
}

function upright(key: string, span: number): HTMLElement {
  return element('th', { scope: 'col', rowspan: span, class: 'down' }, element('span', {}, plain(key)));
}

function body({ down, rows }: SwitchTable, cells: readonly (readonly Cell[])[]): HTMLElement {
  return element(
    'tbody',
    {},
    ...rows.map((set, index) =>
      element(
        'tr',
        {},
        ...down.map((key) =>
          element('td', { class: 'dot', 'data-on': set[key] === true }, unseen(set[key] ? 'on' : 'off')),
        ),
        element('td', { class: 'gap' }),
        ...(cells[index] ?? []).map(({ node }) => element('td', {}, node)),
      ),
    ),
  );
}

function moveFocus(event: KeyboardEvent, cells: readonly (readonly Cell[])[]): void {
  const [down, across] = arrows[event.key] ?? [0, 0];
  if (down === 0 && across === 0) return;
  const row = cells.findIndex((line) => line.some(({ node }) => node === event.target));
  const column = cells[row]?.findIndex(({ node }) => node === event.target) ?? -1;
  const next = cells[row + down]?.[column + across];
  if (row === -1 || next === undefined) return;
  event.preventDefault();
  next.node.focus();
}

const arrows: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function nameOf(switches: SwitchSet): string {
  const on = Object.keys(switches).filter((key) => switches[key]);
  return on.length === 0 ? 'nothing on' : on.map(plain).join(', ');
}

function plain(key: string): string {
  return key.replace(/_enabled$/, '');
}
