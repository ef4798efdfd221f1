import type { Rejection } from '../route/rejections.ts';
import { verifyStageOrder } from '../route/stage-order.ts';
import {
  type OptionRules,
  policyRules,
  readingOf,
  type SequenceOptions,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import { stageTypes } from '../sequence/stage-types.ts';

/** An order of stages that the sequence refuses, and why. */
export interface IllegalOrder {
  readonly stages: readonly string[];
  readonly rejections: readonly Rejection[];
}

/**
 * Every minimal illegal order up to a length: all that a runner must refuse.
 *
 * Minimal: the last stage is the first that is refused. An order that goes wrong earlier is not listed, and neither is
 * one that only lacks its end. The empty order is among them.
 */
export function illegalOrders(
  options: SequenceOptions & { readonly maxLength?: number } = {},
): readonly IllegalOrder[] {
  const { maxLength = 4, ...sequenceOptions } = takeOptions(options, {
    ...sequenceRule,
    ...policyRules,
    ...lengthRule,
  });
  const types = stageTypes(readingOf(sequenceOptions).sequence);
  const refusals: IllegalOrder[] = [
    { stages: [], rejections: verifyStageOrder([], sequenceOptions).rejections },
  ];
  let viable: readonly (readonly string[])[] = [[]];
  for (let length = 1; length <= maxLength; length += 1) {
    const longer = viable.flatMap((stages) => types.map((stage) => [...stages, stage]));
    const judged = longer.map((stages) => ({
      stages,
      rejections: verifyStageOrder(stages, sequenceOptions).rejections,
    }));
    const refused = judged.filter(({ rejections: reasons }) =>
      reasons.some(({ code }) => code === 'illegal_order'),
    );
    refusals.push(...refused);
    viable = longer.filter((stages) => !refused.some((order) => order.stages === stages));
  }
  return refusals;
}

const lengthRule: OptionRules = {
  maxLength: {
    must: 'a whole number, 0 or more',
    takes: (value) => Number.isInteger(value) && Number(value) >= 0,
  },
};
