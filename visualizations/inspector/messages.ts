import type { JourneyOutcome } from '../inspect.ts';
import type { Marks } from '../marks.ts';
import type { TraceEvent } from '../trace.ts';

/** What a page is told beside the protocol's own events: where a step led and what it lights up, and how it all came out. */
export type PageMessage =
  | {
      readonly type: '@stageplan.step';
      readonly event: string;
      readonly state: string;
      readonly refused: boolean;
      readonly marks: Marks;
    }
  | ({
      readonly type: '@stageplan.verdict';
      readonly marks: Marks;
      readonly fixes: readonly string[];
    } & JourneyOutcome);

/** The version of `@statelyai/inspect` whose protocol is spoken. The inspector reads it off every event. */
export const protocolVersion = '0.7.2';

/** Writes a traced event as `@statelyai/inspect` sends it over its WebSocket. `now`: milliseconds since 1970. */
export function writeTraceEvent(event: TraceEvent, now: number): string {
  return JSON.stringify({ ...event, id: null, createdAt: String(now), _version: protocolVersion });
}
