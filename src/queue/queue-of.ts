import {
  checkAvailability,
  type MissingThing,
  sayMissing,
} from '../compile/availability/check-availability.ts';
import type { Inventory, ThingKind } from '../compile/availability/inventory.ts';
import type { CompilablePlan } from '../compile/compilable-plan.ts';
import { sha256 } from '../hash.ts';
import type { AnyStageExecution } from '../plan/stage-execution-plan.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { type OptionRule, takeOptions } from '../sequence/options.ts';
import type { QueueTarget } from './to-flow.ts';

/** The queue of a stage. null: that of the stage before it. */
export type QueueOf = (stage: AnyStageExecution, plan: CompilablePlan) => string | null;

/**
 * The queue of a checkpoint on a kind of server: "a1111-sd_xl_base_1.0.safetensors". A name with signs that no queue has, or
 * that is long, is cut down to the others, with a hash of the whole behind it. null: the queue for whatever is loaded. Pure.
 */
export function checkpointQueue(target: QueueTarget, checkpoint: string | null): string {
  if (checkpoint === null) return target;
  const slug = checkpoint.replaceAll(/[^\w.-]+/g, '_').slice(0, longestSlug);
  return slug === checkpoint && !hashed.test(slug)
    ? `${target}-${slug}`
    : `${target}-${slug}-${sha256(checkpoint).slice(0, 8)}`;
}

const longestSlug = 80;
/** How a name ends that was cut down: no other may, or two checkpoints would share a queue. */
const hashed = /-[0-9a-f]{8}$/;

/** The queue of the checkpoint that a stage works with first; one without any joins the stage before it. */
export function queueByCheckpoint(target: QueueTarget): QueueOf {
  return ({ stage_config }) => {
    const checkpoint = checkpointOf(stage_config);
    return checkpoint === null ? null : checkpointQueue(target, checkpoint);
  };
}

/** An upscale draws with a checkpoint only where it is redrawn. */
function checkpointOf(config: object): string | null {
  const { stage_type, redraw, model }: Partial<Record<string, unknown>> = { ...config };
  const drawn: unknown = stage_type === 'upscale' ? Reflect.get(Object(redraw), 'model') : model;
  return typeof drawn === 'string' ? drawn : null;
}

/** No box has all that a plan asks for. Nothing was handed in; what is lacking is listed for each queue. */
export class NoBoxError extends Error {
  override readonly name = 'NoBoxError';
  /** What is missing, by the names of the queues. */
  readonly missing: Readonly<Record<string, readonly MissingThing[]>>;

  constructor(missing: Readonly<Record<string, readonly MissingThing[]>>) {
    const reasons = Object.entries(missing).flatMap(([queue, things]) =>
      things.map((thing) => `- ${queue}: ${sayMissing(thing)}`),
    );
    super(['No box has all that the plan asks for.', ...reasons].join('\n'));
    this.missing = missing;
  }
}

/**
 * Sends a plan to the first queue whose boxes have all that it asks for, all its stages alike, so that it only reaches a box
 * that can run it. What an inventory says nothing of is taken to be there: see `checkAvailability`.
 *
 * @param inventories what every box of a queue has, by the names of the queues. List the plainest boxes first: a better one
 * serves their queue beside its own.
 * @throws {InvalidOptionsError} when no queue is named, or an inventory has a kind of things that none has: a box would be
 * taken to have everything.
 * @throws {NoBoxError} from the function that it gives, when no queue's boxes have everything.
 */
export function queueByInventory(inventories: Readonly<Record<string, Inventory>>): QueueOf {
  assertInventories(inventories);
  return ({ order_index }, plan) => {
    // The first stage chooses for all.
    if (order_index > 0) return null;
    const missing: Record<string, readonly MissingThing[]> = {};
    for (const [queue, inventory] of Object.entries(inventories)) {
      const lacking = checkAvailability(plan, inventory).missing;
      if (lacking.length === 0) return queue;
      missing[queue] = lacking;
    }
    throw new NoBoxError(missing);
  };
}

const names: OptionRule = {
  must: 'a list of things, each a list of its names',
  takes: (value) => Array.isArray(value) && value.every((each) => Array.isArray(each)),
};

const inventoryRules: Readonly<Record<ThingKind, OptionRule>> = {
  checkpoint: names,
  vae: names,
  sampler: names,
  scheduler: names,
  upscaler: names,
  latent_mode: names,
  lora: names,
  detector: names,
  script: names,
};

/** @throws {InvalidOptionsError} */
function assertInventories(inventories: Readonly<Record<string, Inventory>>): void {
  const listed: readonly Inventory[] = Object.values(Object(inventories));
  for (const inventory of listed) takeOptions(inventory, inventoryRules);
  if (listed.length > 0) return;
  const message = 'inventories must name a queue at least, and what its boxes have.';
  throw new InvalidOptionsError([{ option: 'inventories', message }]);
}
