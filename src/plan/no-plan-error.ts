import { type DocumentKind, documentKind, sayOtherDocument } from '../document-kind.ts';

/** Something else was handed over where a plan belongs. Nothing was done. */
export class NoPlanError extends Error {
  override readonly name = 'NoPlanError';
  /** What it is, as far as its keys tell. */
  readonly kind: Exclude<DocumentKind, 'plan'>;

  constructor(kind: Exclude<DocumentKind, 'plan'>, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Refuses what is no plan at first sight. What a plan says is for `verifyStagePlan` to check.
 *
 * @throws {NoPlanError}
 */
export function assertPlan(value: unknown): void {
  const kind = documentKind(value);
  if (kind === 'plan') return;
  const message = sayOtherDocument(value, 'plan');
  throw new NoPlanError(
    kind,
    message ?? 'It is no plan: a plan is what buildStagePlan gives, with format_version, events and stages.',
  );
}
