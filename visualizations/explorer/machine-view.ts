import { button, element } from './element.ts';
import { pictureOf } from './marked-picture.ts';
import type { Notice } from './notice.ts';
import { copyText, downloadText } from './transfer.ts';
import type { View } from './view.ts';

/** The machine as a picture, with the way of the run lit in it. */
export function machineView(notice: Notice): View {
  const frame = element('div', { class: 'picture', tabindex: 0, role: 'group', 'aria-label': 'The picture' });
  let drawn = '';
  const node = element(
    'section',
    { class: 'machine', 'aria-labelledby': 'machine-title' },
    element(
      'div',
      { class: 'bar' },
      element('h2', { id: 'machine-title' }, 'Machine'),
      pictureActions(() => drawn, notice),
    ),
    frame,
  );
  return {
    node,
    show: (exploration, verdict) => {
      drawn = pictureOf(exploration, verdict);
      frame.replaceChildren(inlined(drawn));
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
