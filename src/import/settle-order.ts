import { type SequenceName, sequenceNames } from '../../machines/sequences.ts';
import { verifyStageOrder } from '../route/stage-order.ts';
import { type ImportNote, noteAt } from './note.ts';
import type { OrderReading, Reading } from './reading.ts';

/** The recorded order, the shipped sequence that has it, and a note on every list that recorded one. */
export interface SettledOrder {
  /** undefined: no list recorded one, or no shipped sequence has it. */
  readonly order: readonly string[] | undefined;
  readonly sequence: SequenceName;
  readonly notes: readonly ImportNote[];
}

/** Takes the first recorded list of stages as the order of the run, if a shipped sequence has that order. */
export function settleOrder(readings: readonly Reading[]): SettledOrder {
  const lists = readings.filter((reading) => reading.kind === 'order');
  const [first] = lists;
  if (first === undefined) return { order: undefined, sequence: 'canonical', notes: [] };
  const order = stagesOn(first);
  const sequence = sequenceOf(order);
  const places = lists.flatMap(({ stages }) =>
    stages.map(({ stage, path }) =>
      noteAt(path, 'renamed', `is the place of ${stage} in the order of stages`),
    ),
  );
  const others = lists
    .filter((list) => stagesOn(list).join() !== order.join())
    .map((list) => noteAt(list.path, 'contradicted', `gives another order of stages, which is not taken`));
  if (sequence !== undefined) return { order, sequence, notes: [...places, ...others] };
  return { order: undefined, sequence: 'canonical', notes: [...places, ...others, illegal(first, order)] };
}

function stagesOn(list: OrderReading): readonly string[] {
  return list.stages.filter(({ on }) => on).map(({ stage }) => stage);
}

function sequenceOf(order: readonly string[]): SequenceName | undefined {
  return sequenceNames.find((sequence) => verifyStageOrder(order, { sequence }).valid);
}

function illegal(list: OrderReading, order: readonly string[]): ImportNote {
  const stated = order.length === 0 ? 'no stage' : order.join(', ');
  return noteAt(
    list.path,
    'illegal_order',
    `gives ${stated}, which is no order of any shipped sequence, so it is left out`,
  );
}
