import type { CompileFlags, CompileNames } from './compile-answers.ts';
import type { PlanFlags, SequenceFlags } from './plan-flags.ts';

/** What becomes of each line of a stream, as data that a worker thread can be sent. */
export type LineTask = LineVerb & {
  /** What is printed of each answer. undefined: all of it. */
  readonly fields?: readonly string[] | undefined;
};

type LineVerb =
  | { readonly verb: 'build'; readonly flags: PlanFlags }
  | { readonly verb: 'explain'; readonly flags: PlanFlags }
  | { readonly verb: 'verify'; readonly flags: SequenceFlags & { readonly fingerprint?: string } }
  | {
      readonly verb: 'compile';
      readonly flags: CompileFlags & PlanFlags;
      readonly names: CompileNames;
    }
  | { readonly verb: 'import'; readonly flags: { readonly strict?: boolean } };
