import type { JsonValue } from '../../src/index.ts';
import { renderPath } from '../../src/path.ts';
import { valueAt, withValue } from './config-edits.ts';
import { element, setAttributes, wordBreaks } from './element.ts';
import type { Field } from './fields.ts';
import { placeholderOf } from './inherited.ts';
import { offer, offeredFor } from './names-offered.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

type Input = HTMLInputElement | HTMLTextAreaElement;

/** A field of the RunConfig with its label, its meaning, and what the library has against its value. */
export function fieldInput(field: Field, store: Store): View {
  const name = renderPath(field.path);
  const id = `field-${name}`;
  const offered = offeredFor(field);
  const input = inputOf(field, id, offered.length > 0);
  const hint = element('p', { class: 'hint', id: `${id}-hint` }, field.description ?? '');
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  input.addEventListener('input', () => {
    const config = withValue(store.get().config, field.path, read(field, input));
    store.change({ config }, field.kind === 'boolean' ? undefined : id);
  });
  return {
    node: element(
      'div',
      { class: `field field-${field.kind}` },
      element('label', { for: id }, ...wordBreaks(name)),
      input,
      ...(offered.length === 0 ? [] : [offer(`${id}-names`, offered)]),
      hint,
      problem,
    ),
    show: ({ config }, verdict) => {
      const messages = messagesFor(field, verdict);
      problem.textContent = messages.join(' ');
      setAttributes(input, {
        'aria-invalid': messages.length > 0 ? 'true' : undefined,
        'aria-describedby': `${id}-hint ${id}-problem`,
        placeholder: field.kind === 'boolean' ? undefined : placeholderOf(field, config),
      });
      const value = valueAt(config, field.path);
      // What is being typed may say the same in another way: "1." is 1.
      if (JSON.stringify(read(field, input)) !== JSON.stringify(value)) write(field, input, value);
    },
  };
}

function inputOf({ path, kind }: Field, id: string, hasNames: boolean): Input {
  const common = { id, autocomplete: 'off', spellcheck: 'false' };
  if (kind === 'boolean') return element('input', { ...common, type: 'checkbox' });
  if (String(path.at(-1)).endsWith('prompt')) return element('textarea', { ...common, rows: 2 });
  const inputmode = kind === 'number' ? 'decimal' : undefined;
  return element('input', {
    ...common,
    type: 'text',
    inputmode,
    list: hasNames ? `${id}-names` : undefined,
  });
}

/** A field left empty is left out of the config. What is no number stays as it was typed, for the library to judge. */
function read({ kind }: Field, input: Input): JsonValue | undefined {
  if (kind === 'boolean' && input instanceof HTMLInputElement) return input.checked;
  const text = input.value;
  if (text.trim() === '') return undefined;
  if (kind === 'list') return text.split(',').map((item) => item.trim());
  return kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function write({ kind, fallback }: Field, input: Input, value: unknown): void {
  if (kind === 'boolean' && input instanceof HTMLInputElement) {
    input.checked = (value ?? fallback === 'true') === true;
  } else if (value === undefined || value === null) {
    if (input.value.trim() !== '') input.value = '';
  } else {
    input.value = textOf(value);
  }
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The one entry of a list may stand for the list, so that its place has no index. */
function messagesFor({ path }: Field, verdict: Verdict): readonly string[] {
  if (verdict.kind !== 'invalid') return [];
  const names = [renderPath(path), renderPath(path.filter((key) => key !== 0))];
  return verdict.error.problems
    .filter((problem) => names.includes(renderPath(problem.path)))
    .map(({ message }) => message);
}
