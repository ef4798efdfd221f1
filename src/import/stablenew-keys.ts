import { fieldNames } from '../names/field-names.ts';
import { isExpectedLeftover } from './leftovers.ts';
import { innerRuns } from './read-run.ts';
import { orderKeys } from './read-stage-list.ts';
import { stageFlags } from './read-switches.ts';
import type { Section } from './stage-places.ts';

const known: ReadonlySet<string> = new Set([
  ...Object.values(fieldNames.run).flat(),
  ...stageFlags,
  ...orderKeys,
  ...innerRuns,
  'adetailer_configs',
  'hires_fix',
  'refiner',
]);

/** The keys of a flat run that StableNew does not write. Other programs have `steps` and `prompt` as well. */
export function foreignKeys(run: Section): readonly string[] {
  return Object.keys(run).filter((key) => !known.has(key) && !isExpectedLeftover(key));
}
