import { listFirst, sayListed } from '../listed.ts';
import type { WayCount } from '../sequence/ways.ts';
import type { Fix, Fixes } from './fixes.ts';
import type { Rejection } from './rejections.ts';

/** A run, or an order, asks for stages that its sequence cannot plan. Nothing was planned. */
export class InvalidStagePlanError extends Error {
  override readonly name = 'InvalidStagePlanError';
  /** The first 50 reasons, each with the state that the walk stood in. */
  readonly rejections: readonly Rejection[];
  /** How many reasons there are besides. */
  readonly more: number;
  /** The nearest legal runs, the first 20 of them. */
  readonly fixes: readonly Fix[];
  /** How many nearest legal runs there are. */
  readonly fix_count: WayCount;

  /** `heading`: what was asked for and is not possible, as a sentence. */
  constructor(
    {
      rejections,
      fixes,
      fix_count,
      more: uncounted = 0,
    }: Fixes & { readonly rejections: readonly Rejection[]; readonly more?: number },
    heading = 'The run has no legal stage plan.',
  ) {
    const listed = listFirst(rejections, uncounted);
    const ways = fixes.map(({ message }) => `- To fix it, ${message}.`);
    super([sayListed(heading, listed), ...ways].join('\n'));
    this.rejections = listed.first;
    this.more = listed.more;
    this.fixes = fixes;
    this.fix_count = fix_count;
  }
}
