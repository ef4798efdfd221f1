/** An image that a request needs was not handed in. */
export class MissingImageError extends Error {
  override readonly name = 'MissingImageError';
  readonly request_id: string;
  /** The field of the body that lacks it: "init_images". */
  readonly field: string;
  /** The key of `{ "$image": key }`. null: the image that the request works on. */
  readonly key: string | null;

  constructor(request_id: string, field: string, key: string | null) {
    const what = key === null ? 'the image that it works on, as image' : `${JSON.stringify(key)}, as named`;
    super(`Hand in ${what}: ${request_id} needs it in ${field}.`);
    this.request_id = request_id;
    this.field = field;
    this.key = key;
  }
}
