import { addressOf } from './address.ts';
import { button, element } from './element.ts';
import type { Notice } from './notice.ts';
import { samples } from './samples.ts';
import type { Store } from './store.ts';
import { copyText } from './transfer.ts';

/** What the page is, and the ways to bring a RunConfig in and a link out. */
export function pageHeader(store: Store, notice: Notice, take: (text: string) => void): HTMLElement {
  return element(
    'header',
    { class: 'page-header' },
    element(
      'div',
      { class: 'title' },
      element('h1', {}, 'stageplan'),
      element('p', {}, 'What a Stable Diffusion run will do, in which order, and why.'),
    ),
    element('div', { class: 'actions' }, samplePicker(store), filePicker(take), linkButton(store, notice)),
  );
}

function samplePicker(store: Store): HTMLElement {
  const names = [...samples.keys()];
  const select = element(
    'select',
    { id: 'sample', 'aria-label': 'Load an example' },
    element('option', { value: '' }, 'Examples'),
    ...names.map((name) => element('option', { value: name }, name)),
  );
  select.addEventListener('change', () => {
    const config = samples.get(select.value);
    select.value = '';
    if (config !== undefined) store.change({ config });
  });
  return select;
}

function filePicker(take: (text: string) => void): HTMLElement {
  const input = element('input', { type: 'file', accept: '.json,application/json', hidden: true });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void file.text().then(take);
    input.value = '';
  });
  return element(
    'span',
    {},
    button('Open a RunConfig', () => input.click()),
    input,
  );
}

function linkButton(store: Store, notice: Notice): HTMLElement {
  return button('Copy link', async () => {
    const address = addressOf(store.get());
    if (address === null) return notice.say('This RunConfig is too long for a link. Download it instead.');
    const copied = await copyText(address);
    notice.say(
      copied
        ? 'The link is copied.'
        : 'The browser does not let this page copy. Take the link from the address bar.',
    );
  });
}
