import { sequenceGraph } from '../graph.ts';
import { renderMermaid } from '../mermaid.ts';
import { pngOf } from './copy/png.ts';
import { button, element } from './element.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { pictureOf, storyAlong } from './marked-picture.ts';
import type { Notice } from './notice.ts';
import { stateList } from './state-list.ts';
import { copyText, download, downloadText } from './transfer.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The machine as a picture, with the way of the run lit in it; below each other where there is no room or no picture. */
export function machineView(notice: Notice): View {
  const frame = element('div', { class: 'picture', tabindex: 0, role: 'group', 'aria-label': 'The picture' });
  const list = element('ol', { class: 'state-list', 'aria-label': 'States of the machine' });
  let drawn = '';
  let looked: readonly [Exploration, Verdict] | undefined;
  const pictured = pictureActions(() => drawn, notice);
  const mermaid = button(
    'Mermaid',
    () => {
      if (looked !== undefined) downloadText('sequence.mmd', 'text/plain', mermaidOf(...looked));
    },
    { 'aria-label': 'Download Mermaid' },
  );
  const unpictured = element(
    'p',
    { class: 'hint' },
    'This page has pictures of the shipped sequences alone: what lays them out is larger than the page. Mermaid draws yours, and so does drawSequence of stageplan/visualizations.',
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
    unpictured,
  );
  return {
    node,
    show: (exploration, verdict) => {
      looked = [exploration, verdict];
      const picture = pictureOf(exploration, verdict);
      node.toggleAttribute('data-listed', picture === undefined);
      for (const each of pictured) each.hidden = picture === undefined;
      unpictured.hidden = picture !== undefined;
      list.replaceChildren(...stateList(exploration, verdict));
      drawn = picture ?? '';
      if (picture === undefined) frame.replaceChildren();
      else frame.replaceChildren(inlined(picture));
    },
  };
}

/** The picture without its style sheet, which the page takes as its own: its policy lets no other style element in. */
function inlined(text: string): Element {
  const { documentElement: picture } = new DOMParser().parseFromString(text, 'image/svg+xml');
  const style = picture.querySelector('style');
  sheet.replaceSync(style?.textContent ?? '');
  document.adoptedStyleSheets = [sheet];
  style?.remove();
  return document.importNode(picture, true);
}

const sheet = new CSSStyleSheet();

function mermaidOf(exploration: Exploration, verdict: Verdict): string {
  return renderMermaid(sequenceGraph(sequenceOf(exploration)), storyAlong(exploration, verdict));
}

function pictureActions(text: () => string, notice: Notice): readonly HTMLButtonElement[] {
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
        const [, , width = 0, height = 0] = viewBoxOf(text());
        download('sequence.png', await pngOf(text(), width, height));
      },
      { 'aria-label': 'Download PNG' },
    ),
  ];
}

function viewBoxOf(text: string): readonly number[] {
  const { documentElement: picture } = new DOMParser().parseFromString(text, 'image/svg+xml');
  return (picture.getAttribute('viewBox') ?? '').split(' ').map(Number);
}
