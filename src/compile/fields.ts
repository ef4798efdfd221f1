import { isPlainObject, type JsonValue } from '../json.ts';

/** What a server reads in a field. An image is base64, or `{ "$image": key }` until it is filled in. */
export type FieldType =
  | 'text'
  | 'texts'
  | 'whole'
  | 'number'
  | 'switch'
  | 'list'
  | 'object'
  | 'image'
  | 'images';

export type Fields = Readonly<Record<string, FieldType>>;

/** The fields of one kind of request: those that a plan decides, and those that backend options may add. */
export interface FieldTable {
  readonly planned: Fields;
  readonly free: Fields;
}

/** Whether a server reads a value in a field of this type. */
export function isOfType(value: JsonValue, type: FieldType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'whole':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'switch':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isPlainObject(value);
    case 'image':
      return typeof value === 'string' || isPlaceholder(value);
    case 'images':
      return Array.isArray(value) && value.every((item) => isOfType(item, 'image'));
  }
}

/** Whether a value stands for an image that whoever sends the request fills in. */
export function isPlaceholder(value: unknown): value is { readonly $image: string } {
  return isPlainObject(value) && typeof value.$image === 'string';
}
