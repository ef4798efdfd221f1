import { clamped, element } from './element.ts';

export type Setting = readonly [key: string, value: unknown];

/** Every setting of an object that says something: what is `null`, empty or a switch is left out. */
export function spokenSettings(config: object): readonly Setting[] {
  return Object.entries(config).filter(
    ([key, value]) => !saysNothing(value) && key !== 'stage_type' && !key.endsWith('enabled'),
  );
}

function saysNothing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null || value === '';
  return Object.keys(value).length === 0;
}

/** The settings that differ from those of another object. */
export function changedSettings(config: object, before: object): readonly Setting[] {
  const previous = new Map<string, unknown>(Object.entries(before));
  return spokenSettings(config).filter(
    ([key, value]) => JSON.stringify(previous.get(key)) !== JSON.stringify(value),
  );
}

/** Settings as a description list, and each entry of a list among them as a list of its own. */
export function settingsList(
  settings: readonly Setting[],
  inside: (config: object) => readonly Setting[],
): HTMLElement {
  const plain = settings.filter(([, value]) => !Array.isArray(value));
  const lists = settings.flatMap(([key, value]) => (Array.isArray(value) ? entriesOf(key, value) : []));
  return element(
    'div',
    { class: 'settings' },
    ...(plain.length === 0 ? [] : [list(plain)]),
    ...lists.flatMap(([name, entry]) => [element('h4', {}, name), list(inside(entry))]),
  );
}

function entriesOf(key: string, values: readonly unknown[]): readonly (readonly [string, object])[] {
  return values.map((value, index) => [`${key}[${index}]`, Object(value)]);
}

function list(settings: readonly Setting[]): HTMLElement {
  return element('dl', {}, ...settings.map(([key, value]) => setting(key, value)));
}

function setting(key: string, value: unknown): HTMLElement {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  return element('div', {}, element('dt', {}, key), element('dd', {}, ...clamped(text)));
}
