import type { ConfigProblem } from '../../config/invalid-run-config-error.ts';
import { listFirst, moreLines } from '../../listed.ts';
import { renderPath } from '../../path.ts';
import type { Path } from '../note.ts';

/** One value of the input that a RunConfig cannot take. */
export interface ImportProblem {
  /** Where the input says it, or the field of the RunConfig where the input says nothing. */
  readonly path: Path;
  /** The field of the RunConfig that it was read into. */
  readonly field: Path;
  readonly code: ConfigProblem['code'];
  readonly message: string;
}

/** The input was read, but its values make no RunConfig. The first 50 are listed; nothing is clamped. */
export class InvalidImportError extends Error {
  override readonly name = 'InvalidImportError';
  readonly problems: readonly ImportProblem[];

  /** How many problems there are besides. */
  readonly more: number;

  /** `uncounted`: the problems that were not even made, since so many were. */
  constructor(problems: readonly ImportProblem[], writer = 'the input', uncounted = 0) {
    const { first, more } = listFirst(problems, uncounted);
    const reasons = [...first.map((problem) => `${placeOf(problem)}${problem.message}`), ...moreLines(more)];
    const lines = reasons.map((reason) => `- ${reason}`);
    super([`What ${writer} says makes no valid RunConfig.`, ...lines].join('\n'));
    this.problems = first;
    this.more = more;
  }
}

function placeOf({ path, field }: ImportProblem): string {
  const place = renderPath(path);
  return place === renderPath(field) ? '' : `${place}: `;
}
