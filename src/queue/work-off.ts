import { setTimeout } from 'node:timers/promises';
import type { Fetcher } from './fetched-job.ts';
import { type NextJob, nextJob } from './next-job.ts';
import { runJob, type WorkRules } from './run-job.ts';

/** How a box works. */
export interface BoxRules extends WorkRules {
  readonly affinity: boolean;
  readonly idleDelay: number;
}

/** Works off the jobs of several queues, one after the other, until it is to stop. */
export async function workOff(fetchers: readonly Fetcher[], rules: BoxRules): Promise<void> {
  const { signal, idleDelay, affinity, onEvent } = rules;
  await Promise.all(fetchers.map((fetcher) => fetcher.startStalledCheckTimer()));
  let last: Fetcher | null = null;
  while (!signal.aborted) {
    // BullMQ tells a box by its token: each job of each box has its own.
    const token = crypto.randomUUID();
    const next: NextJob | null = await nextJob(fetchers, last, affinity, token).catch((error) => {
      onEvent({ type: 'trouble', error });
      return null;
    });
    if (next === null) await pause(idleDelay, signal);
    else {
      last = next.from;
      await runJob(next.job, last.name, token, rules);
    }
  }
  await Promise.all(fetchers.map((fetcher) => fetcher.close()));
}

/** Waits, but not beyond the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
