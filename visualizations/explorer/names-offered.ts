import { samplers } from '../../src/names/samplers.ts';
import { schedulers } from '../../src/names/schedulers.ts';
import { upscalers } from '../../src/names/upscalers.ts';
import { element } from './element.ts';
import type { Field } from './fields.ts';

const known: Readonly<Record<string, readonly (readonly string[])[]>> = {
  sampler_name: samplers,
  scheduler: schedulers,
  upscaler: upscalers,
  upscaler_name: upscalers,
};

/** The values to offer while a field is typed in. Another name may be typed all the same. */
export function offeredFor({ path, choices }: Field): readonly string[] {
  if (choices.length > 0) return choices;
  const key = String(path.at(-1)).replace(/^hires_/, '');
  return (known[key] ?? []).flatMap(([label = '']) => label);
}

/** A list of values for an input to offer, by its id. */
export function offer(id: string, values: readonly string[]): HTMLElement {
  return element('datalist', { id }, ...values.map((value) => element('option', { value })));
}
