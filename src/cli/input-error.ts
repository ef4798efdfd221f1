/** An input that cannot be read: it is missing, too large, or no JSON. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Where the JSON breaks, counted from 1. null: not a matter of one place. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, place: { readonly line: number; readonly column: number } | null = null) {
    super(message);
    this.line = place?.line ?? null;
    this.column = place?.column ?? null;
  }
}
