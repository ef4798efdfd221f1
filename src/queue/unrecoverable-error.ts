/** A job that fails for good, since trying it again would change nothing. BullMQ knows such an error by its name. */
export class UnrecoverableError extends Error {
  override readonly name = 'UnrecoverableError';
}
