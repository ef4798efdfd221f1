import { sequences } from '../../machines/sequences.ts';
import { verifyStageOrder } from '../route/stage-order.ts';
import { type ImportNote, noteAt } from './note.ts';
import type { OrderReading, Reading } from './reading.ts';

/** The recorded order where it is legal, and a note on every list that recorded one. */
export interface SettledOrder {
  readonly order: readonly string[] | undefined;
  readonly notes: readonly ImportNote[];
}

/** Takes the first recorded list of stages as the order of the run, if the canonical sequence has that order. */
export function settleOrder(readings: readonly Reading[]): SettledOrder {
  const lists = readings.filter((reading) => reading.kind === 'order');
  const [first] = lists;
  if (first === undefined) return { order: undefined, notes: [] };
  const order = stagesOn(first);
  const verdict = verifyStageOrder(order);
  const places = lists.flatMap(({ stages }) =>
    stages.map(({ stage, path }) =>
      noteAt(path, 'renamed', `is the place of ${stage} in the order of stages`),
    ),
  );
  const others = lists
    .filter((list) => stagesOn(list).join() !== order.join())
    .map((list) => noteAt(list.path, 'contradicted', `gives another order of stages, which is not taken`));
  if (verdict.valid) return { order, notes: [...places, ...others] };
  return { order: undefined, notes: [...places, ...others, illegal(first, order)] };
}

function stagesOn(list: OrderReading): readonly string[] {
  return list.stages.filter(({ on }) => on).map(({ stage }) => stage);
}

function illegal(list: OrderReading, order: readonly string[]): ImportNote {
  const other = Object.entries(sequences).find(([, sequence]) => verifyStageOrder(order, { sequence }).valid);
  const way = other === undefined ? '' : `. The sequence "${other[0]}" has it`;
  const stated = order.length === 0 ? 'no stage' : order.join(', ');
  return noteAt(
    list.path,
    'illegal_order',
    `gives ${stated}, which is no order of the canonical sequence, so it is left out${way}`,
  );
}
