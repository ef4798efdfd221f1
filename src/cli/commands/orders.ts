import type { Command } from 'commander';
import { countOf } from '../../plan/say-work.ts';
import { type LegalStageOrder, legalStageOrders } from '../../route/stage-order.ts';
import { subjectName } from '../../sequence/events.ts';
import type { Io } from '../io.ts';
import { lines, table } from '../layout.ts';
import type { Look } from '../look.ts';
import { type OutputFlags, toJson, wantsJson, withOutputFlags } from '../output.ts';
import { type SequenceFlags, sequenceOptions, withSequenceFlags } from '../plan-flags.ts';

/** `stageplan orders`: every plan that a sequence allows. */
export function addOrders(program: Command, io: Io): void {
  const command = program
    .command('orders')
    .description('list every order of stages and passes that the sequence accepts');
  withOutputFlags(withSequenceFlags(command)).action(async (flags: SequenceFlags & OutputFlags) => {
    const orders = [...legalStageOrders(sequenceOptions(flags))];
    await io.out(wantsJson(io, flags) ? toJson(orders, flags) : renderOrders(orders, io.looks.out));
  });
}

function renderOrders(orders: readonly LegalStageOrder[], look: Look): string {
  const rows = orders.map(({ events }, index) => ({
    cells: [String(index + 1), events.slice(0, -1).map(subjectName).join(', ')],
  }));
  return lines([table(['#', 'order'], rows, look), '', countOf(orders.length, 'order')]);
}
