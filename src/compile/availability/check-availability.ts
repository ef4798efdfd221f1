import { closestTo } from '../../closest.ts';
import { type CompilablePlan, stagesOf } from '../compilable-plan.ts';
import { demandsOf } from './demands.ts';
import type { Inventory, ThingKind, ThingNames } from './inventory.ts';

/** A name that a plan asks for and a server does not have. `code` is closed. */
export interface MissingThing {
  readonly code: `missing_${ThingKind}`;
  readonly stage_id: string;
  readonly field: string;
  readonly name: string;
  /** Names that the server has and that may have been meant, the nearest first. */
  readonly nearest: readonly string[];
}

/** Whether a server has what a plan asks for. */
export interface Availability {
  readonly missing: readonly MissingThing[];
  /** What the plan asks for and the inventory says nothing of. */
  readonly unchecked: readonly ThingKind[];
}

/**
 * Looks whether a server has every checkpoint, VAE, sampler, scheduler, upscaler, LoRA and detector of a plan. Pure.
 *
 * A WebUI drops an unknown checkpoint in silence, and draws with the one that is loaded.
 */
export function checkAvailability(plan: CompilablePlan, inventory: Inventory): Availability {
  const unchecked = new Set<ThingKind>();
  const missing: MissingThing[] = [];
  const names = new Map<ThingKind, ReadonlySet<string>>();
  for (const stage of stagesOf(plan)) {
    for (const { kind, name, field } of demandsOf(stage)) {
      const things = inventory[kind];
      if (things === undefined) {
        unchecked.add(kind);
        continue;
      }
      const known = names.get(kind) ?? new Set(things.flat());
      names.set(kind, known);
      if (!known.has(name))
        missing.push({
          code: `missing_${kind}`,
          stage_id: stage.id,
          field,
          name,
          nearest: nearest(name, things),
        });
    }
  }
  return { missing, unchecked: [...unchecked] };
}

/** Says in words what a server lacks, which may change in any release. */
export function sayMissing({ code, stage_id, field, name, nearest: near }: MissingThing): string {
  const what = code.replace('missing_', '').replace('_', ' ');
  const meant = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  return `Install or rename the ${what} ${JSON.stringify(name)} in ${field} of ${stage_id}: the server does not have it.${meant}`;
}

const mostNearest = 3;

function nearest(name: string, things: readonly ThingNames[]): readonly string[] {
  const found: string[] = [];
  let left = things;
  while (found.length < mostNearest) {
    const closest = closestTo(name, left.flat());
    const thing = left.find((names) => closest !== undefined && names.includes(closest));
    if (thing === undefined) break;
    found.push(thing[0]);
    left = left.filter((other) => other !== thing);
  }
  return found;
}
