import type { Command } from 'commander';
import { legalStageOrders } from '../../route/stage-order.ts';
import { subjectName } from '../../sequence/events.ts';
import type { Io } from '../io.ts';
import { type OutputFlags, toJson, wantsJson, withOutputFlags } from '../output.ts';
import { type SequenceFlags, sequenceOptions, withSequenceFlags } from '../plan-flags.ts';

/** `stageplan orders`: every plan that a sequence allows. */
export function addOrders(program: Command, io: Io): void {
  const command = program
    .command('orders')
    .description('list every order of stages and passes that the sequence accepts');
  withOutputFlags(withSequenceFlags(command)).action(async (flags: SequenceFlags & OutputFlags) => {
    const orders = [...legalStageOrders(sequenceOptions(flags))];
    const lines = orders.map(({ events }) => events.slice(0, -1).map(subjectName).join(', '));
    await io.out(wantsJson(io, flags) ? toJson(orders, flags) : `${lines.join('\n')}\n`);
  });
}
