import { listFirst, sayListed } from '../listed.ts';

/** One way in which a machine cannot serve as a sequence. */
export interface SequenceProblem {
  readonly code:
    | 'unsupported_state'
    | 'impure'
    | 'unknown_event'
    | 'no_target'
    | 'unnamed_guard'
    | 'unknown_guard'
    | 'external_input'
    | 'missing_meta'
    | 'unknown_stage'
    | 'unknown_pass'
    | 'missing_description'
    | 'wrong_meta'
    | 'broken_chain'
    | 'empty_plan'
    | 'unreachable_state'
    | 'dead_end'
    | 'repeated_event'
    | 'repeated_stage'
    | 'ambiguous_set'
    | 'undecided_order'
    | 'throws'
    | 'no_machine'
    | 'wrong_definition'
    | 'clash';
  /** The state at fault. "": the machine as a whole. */
  readonly state: string;
  readonly message: string;
}

/** The machine cannot serve as a sequence, or a stage cannot be added to a planner. The first 50 problems are listed. */
export class InvalidSequenceError extends Error {
  override readonly name = 'InvalidSequenceError';
  readonly problems: readonly SequenceProblem[];
  /** How many problems there are besides. */
  readonly more: number;

  constructor(id: string, problems: readonly SequenceProblem[]) {
    const listed = listFirst(problems);
    super(sayListed(`${id} cannot serve as a sequence.`, listed));
    this.problems = listed.first;
    this.more = listed.more;
  }
}
