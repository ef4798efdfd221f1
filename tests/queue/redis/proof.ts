import type { Queue } from 'bullmq';
import { verifyStageOrder } from 'stageplan';
import type { KnownPlan } from './known-plans.ts';
import type { LogLine } from './log.ts';

/** What is promised of all plans, as the log of the boxes and Redis have it: each list says what is broken. */
export interface Proof {
  readonly lost: readonly string[];
  readonly outOfOrder: readonly string[];
  readonly ranAgain: readonly string[];
  readonly twoAtOnce: readonly string[];
}

export const flawless: Proof = { lost: [], outOfOrder: [], ranAgain: [], twoAtOnce: [] };

export async function prove(
  plans: readonly KnownPlan[],
  log: readonly LogLine[],
  queues: readonly Queue[],
): Promise<Proof> {
  const jobs = (await Promise.all(queues.map((queue) => queue.getJobs(['completed'], 0, -1)))).flat();
  const done = new Map(jobs.map((job) => [String(job.id), job]));
  const beginnings = log.filter(({ what }) => what === 'begun' || what === 'skipped');
  const beginningsOf = new Map<string, LogLine[]>();
  for (const line of beginnings) {
    const lines = beginningsOf.get(line.id) ?? [];
    beginningsOf.set(line.id, [...lines, line]);
  }
  const lost: string[] = [];
  const outOfOrder: string[] = [];
  for (const { fingerprint, stage_ids, stage_types } of plans) {
    const ids = stage_ids.map((stage_id) => `${fingerprint}-${stage_id}`);
    lost.push(...ids.filter((id) => !done.has(id)));
    // What the last stage gave has grown by every stage before it.
    const result: unknown = done.get(String(ids.at(-1)))?.returnvalue;
    if (JSON.stringify(result) !== JSON.stringify(stage_ids))
      lost.push(`${fingerprint}: ${JSON.stringify(result)}`);
    const firsts = ids.flatMap((id) => beginningsOf.get(id)?.slice(0, 1) ?? []);
    const inTime = [...firsts].sort(
      (one, other) => one.at - other.at || ids.indexOf(one.id) - ids.indexOf(other.id),
    );
    const order = inTime.map(({ id }) => stage_types[ids.indexOf(id)] ?? '');
    if (!verifyStageOrder(order).valid || order.join() !== stage_types.join())
      outOfOrder.push(`${fingerprint}: ${order}`);
    for (const [index, id] of ids.entries()) {
      const before = done.get(String(ids[index - 1]))?.finishedOn ?? 0;
      for (const { at } of beginningsOf.get(id) ?? [])
        if (at < before) outOfOrder.push(`${id} began ${before - at} ms before its image was there`);
    }
  }
  const ranAgain = log
    .filter(
      ({ what, id, at }) => what === 'begun' && at > (done.get(id)?.finishedOn ?? Number.POSITIVE_INFINITY),
    )
    .map(({ id, box }) => `${id} on ${box}`);
  return { lost, outOfOrder, ranAgain, twoAtOnce: overlaps(log) };
}

/** The jobs that began on a box before the one before them had ended there. */
function overlaps(log: readonly LogLine[]): readonly string[] {
  const inHand = new Map<string, string>();
  const found: string[] = [];
  for (const { box, what, id } of log) {
    if (what === 'begun') {
      if (inHand.has(box)) found.push(`${id} beside ${inHand.get(box)} on ${box}`);
      inHand.set(box, id);
    }
    if (what === 'ended') inHand.delete(box);
  }
  return found;
}
