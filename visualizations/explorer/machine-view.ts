import { looks } from '../looks.ts';
import { button, element } from './element.ts';
import type { Exploration } from './exploration.ts';
import { lightWay, pictureOf } from './marked-picture.ts';
import type { Notice } from './notice.ts';
import { copyText, downloadText } from './transfer.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The machine as a picture, with the way of the run lit in it. */
export function machineView(notice: Notice): View {
  const frame = element('div', { class: 'picture' });
  let shown = '';
  let drawn: () => string = () => '';
  const node = element(
    'section',
    { class: 'machine', 'aria-labelledby': 'machine-title' },
    element(
      'div',
      { class: 'bar' },
      element('h2', { id: 'machine-title' }, 'Machine'),
      pictureActions(() => drawn(), notice),
    ),
    frame,
    legend(),
  );
  return {
    node,
    show: (exploration, verdict) => {
      if (exploration.sequence !== shown) {
        shown = exploration.sequence;
        frame.replaceChildren(inlined(pictureOf(exploration.sequence)));
      }
      lightWay(frame, exploration, verdict);
      frame.querySelector('svg')?.setAttribute('aria-label', describe(exploration, verdict));
      drawn = () => drawing(exploration, verdict);
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

function drawing(exploration: Exploration, verdict: Verdict): string {
  const picture = pictureOf(exploration.sequence);
  lightWay(picture, exploration, verdict);
  return new XMLSerializer().serializeToString(picture);
}

function describe({ sequence }: Exploration, verdict: Verdict): string {
  if (verdict.kind === 'invalid') return `The sequence ${sequence}.`;
  if (verdict.kind === 'planned')
    return `The sequence ${sequence}, walked by ${verdict.plan.events.join(', ')}.`;
  return `The sequence ${sequence}, with the place where the walk ends.`;
}

function legend(): HTMLElement {
  const marks = Object.keys(looks).map((mark) => element('li', { 'data-mark': mark }, mark));
  return element('ul', { class: 'legend', 'aria-label': 'Marks in the picture' }, ...marks);
}

function pictureActions(text: () => string, notice: Notice): HTMLElement {
  return element(
    'p',
    { class: 'actions' },
    button('Copy SVG', async () => {
      const copied = await copyText(text());
      notice.say(
        copied ? 'The picture is copied.' : 'The browser does not let this page copy. Download it instead.',
      );
    }),
    button('Download SVG', () => downloadText('sequence.svg', 'image/svg+xml', text())),
  );
}
