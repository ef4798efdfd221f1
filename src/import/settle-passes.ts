import { switchNamed } from '../sequence/events.ts';
import type { Draft } from './draft.ts';
import { type FieldReading, type NoteReading, type Reading, remark, withoutRepeats } from './reading.ts';

/**
 * Leaves the refiner off where a run could not have it, and notes every value that is kept without effect because its
 * stage or pass is off.
 *
 * A refiner works within the steps of txt2img: that of an img2img would have no plan. One that takes over at the first
 * step, or behind the last, does not work within them either.
 */
export function settlePasses({ readings, decided, ...draft }: Draft): Draft {
  const isRefined = decided.refiner_enabled === true;
  const edge = isRefined ? readings.find(isEdge) : undefined;
  const isHomeless = isRefined && decided.txt2img_enabled !== true;
  const settled = { ...decided, refiner_enabled: isRefined && edge === undefined && !isHomeless };
  const kept = readings.filter((reading) => reading !== edge);
  return {
    ...draft,
    decided: settled,
    readings: [
      ...kept,
      ...(edge === undefined ? [] : [remarkOnEdge(edge)]),
      ...withoutRepeats(kept.flatMap((reading) => remarkOnIdle(reading, settled, isHomeless))),
    ],
  };
}

function isEdge(reading: Reading): reading is FieldReading {
  if (reading.kind !== 'field' || reading.field[0] !== 'refiner_switch_at') return false;
  return reading.value === 0 || reading.value === 1;
}

function remarkOnEdge({ path, value }: FieldReading): NoteReading {
  if (value === 1) return remark(path, 'converted', 'leaves the refiner off here: at 1 it never takes over');
  return remark(path, 'dropped', 'leaves the refiner off: at 0 it does not take over within the steps');
}

function remarkOnIdle(
  reading: Reading,
  decided: Draft['decided'],
  isRefinerLost: boolean,
): readonly NoteReading[] {
  if (reading.kind !== 'field') return [];
  const part = partOf(reading, decided);
  if (part === undefined || decided[switchNamed(part)] === true) return [];
  if (isRefinerLost && part === 'refiner' && reading.field[0] === 'refiner_model_name')
    return [
      remark(reading.path, 'dropped', 'is left off: a run refines txt2img only, and this is an img2img'),
    ];
  return [remark(reading.path, 'ignored', `is kept without effect: ${switchNamed(part)} is false`)];
}

/** The stage or pass that a field belongs to: the one that it stands under, or that its name begins with. */
function partOf({ field: [first] }: FieldReading, decided: Draft['decided']): string | undefined {
  const [part = ''] = String(first).split('_');
  return Object.hasOwn(decided, switchNamed(part)) ? part : undefined;
}
