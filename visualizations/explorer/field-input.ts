import type { JsonValue } from '../../src/index.ts';
import { valueAt, withValue } from './config-edits.ts';
import { element, setAttributes } from './element.ts';
import type { Field } from './fields.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** A field of the RunConfig with its label, its meaning, and what the library has against its value. */
export function fieldInput(field: Field, store: Store): View {
  const name = field.path.join('.');
  const id = `field-${name}`;
  const input = inputOf(field, id);
  const hint = element('p', { class: 'hint', id: `${id}-hint` }, field.description ?? '');
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  input.addEventListener('input', () => {
    store.change({ config: withValue(store.get().config, field.path, read(field, input)) });
  });
  return {
    node: element(
      'div',
      { class: `field field-${field.kind}` },
      element('label', { for: id }, name),
      input,
      hint,
      problem,
    ),
    show: ({ config }, verdict) => {
      const messages = messagesFor(field, verdict);
      problem.textContent = messages.join(' ');
      setAttributes(input, {
        'aria-invalid': messages.length > 0 ? 'true' : undefined,
        'aria-describedby': `${id}-hint ${id}-problem`,
      });
      if (document.activeElement !== input) write(field, input, valueAt(config, field.path));
    },
  };
}

function inputOf({ path, kind, fallback }: Field, id: string): HTMLInputElement | HTMLTextAreaElement {
  const common = { id, autocomplete: 'off', spellcheck: 'false' };
  if (kind === 'boolean') return element('input', { ...common, type: 'checkbox' });
  if (path.at(-1)?.endsWith('prompt')) return element('textarea', { ...common, rows: 2 });
  const inputmode = kind === 'number' ? 'decimal' : undefined;
  return element('input', { ...common, type: 'text', inputmode, placeholder: fallback });
}

/** A field left empty is left out of the config. What is no number stays as it was typed, for the library to judge. */
function read({ kind }: Field, input: HTMLInputElement | HTMLTextAreaElement): JsonValue | undefined {
  if (kind === 'boolean' && input instanceof HTMLInputElement) return input.checked;
  const text = input.value;
  if (text.trim() === '') return undefined;
  if (kind === 'list') return text.split(',').map((item) => item.trim());
  return kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function write(
  { kind, fallback }: Field,
  input: HTMLInputElement | HTMLTextAreaElement,
  value: unknown,
): void {
  if (kind === 'boolean' && input instanceof HTMLInputElement) {
    input.checked = (value ?? fallback === 'true') === true;
  } else if (value === undefined || value === null) {
    input.value = '';
  } else {
    input.value = Array.isArray(value)
      ? value.join(', ')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  }
}

function messagesFor({ path }: Field, verdict: Verdict): readonly string[] {
  if (verdict.kind !== 'invalid') return [];
  const name = path.join('.');
  return verdict.error.problems
    .filter((problem) => problem.path.filter((key) => typeof key === 'string').join('.') === name)
    .map(({ message }) => message);
}
