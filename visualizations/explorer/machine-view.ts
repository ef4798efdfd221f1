import { sequenceGraph, withNotes } from '../graph.ts';
import { legend as meanings } from '../looks.ts';
import { markJourney } from '../marks.ts';
import { renderMermaid } from '../mermaid.ts';
import { pngOf } from './copy/png.ts';
import { button, element } from './element.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { lightWay, pictureOf } from './marked-picture.ts';
import type { Notice } from './notice.ts';
import { stateList } from './state-list.ts';
import { copyText, download, downloadText } from './transfer.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The machine as a picture, with the way of the run lit in it; below each other where there is no room or no picture. */
export function machineView(notice: Notice): View {
  const frame = element('div', { class: 'picture' });
  const list = element('ol', { class: 'state-list', 'aria-label': 'States of the machine' });
  let shown = '';
  let looked: readonly [Exploration, Verdict] | undefined;
  const pictured = pictureActions(() => (looked === undefined ? undefined : drawing(...looked)), notice);
  const mermaid = button(
    'Mermaid',
    () => {
      if (looked !== undefined) downloadText('sequence.mmd', 'text/plain', mermaidOf(...looked));
    },
    { 'aria-label': 'Download Mermaid' },
  );
  const node = element(
    'section',
    { class: 'machine', 'aria-labelledby': 'machine-title' },
    element(
      'div',
      { class: 'bar' },
      element('h2', { id: 'machine-title' }, 'Machine'),
      element('p', { class: 'actions' }, ...pictured, mermaid),
    ),
    frame,
    list,
    legend(),
  );
  return {
    node,
    show: (exploration, verdict) => {
      const { sequence } = exploration;
      looked = [exploration, verdict];
      const hasPicture = sequence !== 'own';
      node.toggleAttribute('data-listed', !hasPicture);
      for (const each of pictured) each.hidden = !hasPicture;
      list.replaceChildren(...stateList(exploration, verdict));
      if (!hasPicture) return;
      if (sequence !== shown) {
        shown = sequence;
        frame.replaceChildren(inlined(pictureOf(sequence)));
      }
      lightWay(frame, exploration, verdict);
      frame.querySelector('svg')?.setAttribute('aria-label', describe(sequence, verdict));
    },
  };
}

/** The picture without its style sheet, which the page takes as its own: its policy lets no other style element in. */
function inlined({ documentElement: picture }: Document): Element {
  const style = picture.querySelector('style');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style?.textContent ?? '');
  document.adoptedStyleSheets = [sheet];
  style?.remove();
  return document.importNode(picture, true);
}

function drawing(exploration: Exploration, verdict: Verdict): Document | undefined {
  if (exploration.sequence === 'own') return undefined;
  const picture = pictureOf(exploration.sequence);
  lightWay(picture, exploration, verdict);
  return picture;
}

function mermaidOf(exploration: Exploration, verdict: Verdict): string {
  const graph = sequenceGraph(sequenceOf(exploration));
  if (verdict.kind === 'invalid') return renderMermaid(graph);
  const { journey } = verdict;
  return renderMermaid(withNotes(graph, journey.notes), markJourney(graph, journey));
}

function describe(sequence: string, verdict: Verdict): string {
  if (verdict.kind === 'invalid') return `The sequence ${sequence}.`;
  if (verdict.kind === 'planned')
    return `The sequence ${sequence}, walked by ${verdict.plan.events.join(', ')}.`;
  return `The sequence ${sequence}, with the place where the walk ends.`;
}

function legend(): HTMLElement {
  const marks = Object.entries(meanings).map(([mark, meaning]) =>
    element('li', { 'data-mark': mark }, meaning),
  );
  return element('ul', { class: 'legend', 'aria-label': 'Marks in the picture' }, ...marks);
}

function pictureActions(draw: () => Document | undefined, notice: Notice): readonly HTMLButtonElement[] {
  const text = () => {
    const picture = draw();
    return picture === undefined ? '' : new XMLSerializer().serializeToString(picture);
  };
  return [
    button('Copy SVG', async () => {
      const copied = await copyText(text());
      notice.say(
        copied ? 'The picture is copied.' : 'The browser does not let this page copy. Download it instead.',
      );
    }),
    button('SVG', () => downloadText('sequence.svg', 'image/svg+xml', text()), {
      'aria-label': 'Download SVG',
    }),
    button(
      'PNG',
      async () => {
        const [, , width = 0, height = 0] = viewBoxOf(draw());
        download('sequence.png', await pngOf(text(), width, height));
      },
      { 'aria-label': 'Download PNG' },
    ),
  ];
}

function viewBoxOf(picture: Document | undefined): readonly number[] {
  return (picture?.documentElement.getAttribute('viewBox') ?? '').split(' ').map(Number);
}
