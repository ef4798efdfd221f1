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
