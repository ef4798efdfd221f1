import type { Size } from '../../size.ts';
import type { WebuiContext } from './target.ts';

/** A size that a request has to state. `field` is where the plan would say it. */
export function workingSize(
  size: { readonly width: number | null; readonly height: number | null } | null,
  field: string,
  { refuse }: WebuiContext,
): Size {
  const { width, height } = size ?? { width: null, height: null };
  if (width === null || height === null) {
    refuse('unknown_size', field, null);
    return { width: 0, height: 0 };
  }
  return { width, height };
}
