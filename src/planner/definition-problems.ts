import * as z from 'zod';
import { closestTo } from '../closest.ts';
import { anyOf } from '../joined.ts';
import { quote } from '../path.ts';
import { likeTypes } from '../plan/like-stages.ts';
import type { SequenceProblem } from '../sequence/invalid-sequence-error.ts';

const fields = ['stage_type', 'switch', 'like', 'settings', 'keeps_size'];

/** What keeps values from being definitions of stages, whoever wrote them: types do not hold at run time. */
export function definitionProblems(definitions: readonly unknown[]): readonly SequenceProblem[] {
  return definitions.flatMap((definition, index) => {
    const {
      stage_type: state,
      like,
      settings,
      keeps_size,
    }: Partial<Record<string, unknown>> = Object(definition);
    const problem = (name: string, message: string): SequenceProblem[] => [
      { code: 'wrong_definition', state: name, message },
    ];
    if (typeof state !== 'string')
      return problem(
        '',
        `stages[${index}] is no definition: make it with defineStage, and give it a stage_type.`,
      );
    const unknown = Object.keys(Object(definition)).filter((key) => !fields.includes(key));
    if (unknown.length > 0) return unknown.flatMap((key) => problem(state, sayUnknownField(key, state)));
    if (like !== undefined && settings !== undefined)
      return problem(
        state,
        `Give ${state} like or settings, not both: a stage that is like a known one has the settings of that.`,
      );
    if (like !== undefined && !likeTypes.some((known) => known === like))
      return problem(
        state,
        `${state} cannot be like ${quote(like)}: like is ${anyOf(likeTypes)}. For any other work give it settings.`,
      );
    if (like !== undefined && keeps_size !== undefined)
      return problem(state, `Leave keeps_size out of ${state}: its sizes are those of ${like}.`);
    if (like === undefined && !(settings instanceof z.ZodObject))
      return problem(
        state,
        `Give ${state} settings, a z.strictObject whose fields have defaults, or like: ${anyOf(likeTypes)}.`,
      );
    return [];
  });
}

function sayUnknownField(key: string, stage: string): string {
  const closest = closestTo(key, fields);
  const guess = closest === undefined ? `Its fields are ${fields.join(', ')}.` : `Did you mean ${closest}?`;
  return `${quote(key)} is no field of the definition of ${stage}. ${guess}`;
}
