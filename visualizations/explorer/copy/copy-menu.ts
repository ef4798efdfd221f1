import { button, element } from '../element.ts';
import type { Exploration } from '../exploration.ts';
import type { Notice } from '../notice.ts';
import { copyText } from '../transfer.ts';
import type { Verdict } from '../verdict.ts';
import type { View } from '../view.ts';
import { type FormWriter, forms } from './forms.ts';

/** Puts what is looked at on the clipboard, in the form that is chosen. */
export function copyMenu(notice: Notice): View {
  let looked: readonly [Exploration, Verdict] | undefined;
  const items = Object.entries(forms).map(([name, write]) => ({
    write,
    node: button(name, () => void copy(name, write)),
  }));
  const summary = element('summary', {}, 'Copy as');
  const node = element(
    'details',
    { class: 'menu' },
    summary,
    element('ul', {}, ...items.map((item) => element('li', {}, item.node))),
  );
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !node.open) return;
    close();
    summary.focus();
  });
  window.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !node.contains(target)) close();
  });
  return {
    node,
    show: (exploration, verdict) => {
      looked = [exploration, verdict];
    },
  };

  function close(): void {
    node.open = false;
  }

  async function copy(name: string, write: FormWriter): Promise<void> {
    if (looked === undefined) return;
    close();
    summary.focus();
    const form = write(...looked);
    if (!form.success) return notice.say(form.why);
    const copied = await copyText(form.text);
    notice.say(
      copied
        ? [`Copied as ${name}.`, ...(form.remark === null ? [] : [form.remark])].join(' ')
        : 'The browser does not let this page copy. Take it from the texts below.',
    );
  }
}
