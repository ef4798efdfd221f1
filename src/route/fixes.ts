import type { SequencePolicies } from '../../machines/sequence-vocabulary.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { runningOrder, searchWalks, stagesOf, type Walk } from '../sequence/walk.ts';
import { type Switches, switchOf, wantedEvents } from './wanted-events.ts';

/** A way to make a run legal. Merge `change` into the RunConfig. */
export interface Fix {
  /** Fields of the RunConfig with their new values. */
  readonly change: Readonly<Record<string, boolean | readonly string[]>>;
  /** How many switches it flips. */
  readonly flips: number;
  readonly message: string;
}

/**
 * Finds the legal sets of switches with the fewest flips, by asking the machine about every set, nearest first.
 *
 * A run that states an order gets the order that goes with each set; with no flip at all where that is enough.
 */
export function nearestFixes(
  sequence: StageSequence,
  policies: SequencePolicies,
  switches: Switches,
  stated: readonly string[] | undefined,
): readonly Fix[] {
  const names = [...new Set([...runningOrder(sequence).map(switchOf), ...Object.keys(switches)])];
  for (let flips = 0; flips <= names.length; flips += 1) {
    const fixes = choose(names, flips).flatMap((chosen) => {
      const flipped = Object.fromEntries(chosen.map((name) => [name, !switches[name]]));
      const { complete } = searchWalks(
        sequence,
        policies,
        wantedEvents(sequence, { ...switches, ...flipped }),
      );
      const [walk] = complete;
      return walk !== undefined && complete.length === 1 ? [fixBy(flipped, walk, stated)] : [];
    });
    if (fixes.length > 0) return fixes;
  }
  return [];
}

function fixBy(flipped: Switches, walk: Walk, stated: readonly string[] | undefined): Fix {
  const turns = Object.entries(flipped).map(([name, on]) => `turn ${name} ${on ? 'on' : 'off'}`);
  const flips = turns.length;
  if (stated === undefined) return { change: flipped, flips, message: turns.join(' and ') };
  const order = stagesOf(walk);
  const message = [...turns, `set stage_order to ${order.join(', ')}`].join(' and ');
  return { change: { ...flipped, stage_order: order }, flips, message };
}

/** Every way to choose `count` of the items, in the order of the items. */
function choose(items: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    choose(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  );
}
