type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = Node | string;

/**
 * Makes an HTML element. Strings become text nodes, so nothing that a config holds is read as markup.
 *
 * An attribute that is `undefined` or `false` is left out; `true` stands without a value.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** Makes a button that does one thing. */
export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** A name that may break between its words alone, so that a narrow column cuts none of them. */
export function wordBreaks(name: string): readonly Child[] {
  return name.split(/(?<=[._\]])/).flatMap((word, index) => (index === 0 ? [word] : [element('wbr'), word]));
}

/** A text in which no size is broken in its middle. */
export function wholeSizes(text: string): readonly Child[] {
  return text
    .split(/(\d+ x \d+)/)
    .map((part, index) => (index % 2 === 0 ? part : element('span', { class: 'size' }, part)));
}

/** Text that is cut after some lines, with a button that shows the rest. */
export function clamped(text: string): readonly Child[] {
  if (text.length <= longestUnclamped) return [text];
  const whole = element('span', { class: 'clamped' }, text);
  const more = button(
    'more',
    () => {
      const isCut = whole.classList.toggle('clamped');
      more.textContent = isCut ? 'more' : 'less';
      more.setAttribute('aria-expanded', String(!isCut));
    },
    { class: 'more', 'aria-expanded': 'false' },
  );
  return [whole, ' ', more];
}

const longestUnclamped = 140;

/** Text for screen readers only. */
export function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen' }, text);
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : String(value));
  }
}
