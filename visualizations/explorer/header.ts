import { addressOf } from './address.ts';
import { deskOf, sheetOf } from './desk.ts';
import { button, element } from './element.ts';
import type { History } from './history.ts';
import type { Notice } from './notice.ts';
import { samples } from './samples.ts';
import type { Store } from './store.ts';
import { copyText, readFiles, type Take } from './transfer.ts';

/** The ways to bring something in and a link out, and the steps back and forth. */
export function headerActions(store: Store, history: History, notice: Notice, take: Take): HTMLElement {
  return element(
    'div',
    { class: 'actions' },
    samplePicker(store),
    filePicker(take),
    ...stepButtons(history),
    linkButton(store, notice),
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
    if (config !== undefined) store.put(deskOf(sheetOf({ ...store.get(), config })), 'step');
  });
  return select;
}

function stepButtons({ undo, redo, listen }: History): readonly HTMLElement[] {
  const buttons = [button('Undo', undo), button('Redo', redo)] as const;
  listen((canUndo, canRedo) => {
    buttons[0].disabled = !canUndo;
    buttons[1].disabled = !canRedo;
  });
  return buttons;
}

function filePicker(take: Take): HTMLElement {
  const input = element('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    'aria-label': 'A file to open',
  });
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) void readFiles(files, take);
  });
  return element(
    'span',
    {},
    button('Open', () => input.click(), {
      title:
        'An image, an infotext, a preset, a queue, a plan, a RunConfig or a machine. Drop or paste it as well.',
    }),
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
