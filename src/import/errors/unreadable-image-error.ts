/** Why no infotext can be read out of an image. The set is closed. */
export type UnreadableImageCode = 'too_large' | 'not_an_image' | 'malformed' | 'no_parameters';

/** An image that no infotext can be read out of. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
  readonly code: UnreadableImageCode;

  constructor(code: UnreadableImageCode, message: string) {
    super(message);
    this.code = code;
  }
}
