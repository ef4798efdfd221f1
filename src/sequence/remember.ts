import type { StageSequence } from './sequence.ts';

/** Wraps a pure function of a sequence so that each answer is computed once for as long as the sequence lives. */
export function remember<Arguments extends readonly unknown[], Answer>(
  compute: (sequence: StageSequence, ...rest: Arguments) => Answer,
  keyOf: (...rest: Arguments) => string = (...rest) => JSON.stringify(rest),
): (sequence: StageSequence, ...rest: Arguments) => Answer {
  const answers = new WeakMap<StageSequence, Map<string, Answer>>();
  return (sequence, ...rest) => {
    const key = rest.length === 0 ? '' : keyOf(...rest);
    const remembered = answers.get(sequence)?.get(key);
    if (remembered !== undefined) return remembered;
    const answer = compute(sequence, ...rest);
    answers.set(sequence, (answers.get(sequence) ?? new Map<string, Answer>()).set(key, answer));
    return answer;
  };
}
