import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { expect, test, vi } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { inspectStagePlan, traceStagePlan } from '../../visualizations/index.ts';
import { protocolVersion, writeTraceEvent } from '../../visualizations/inspector/messages.ts';
import { everything } from '../fixtures.ts';

interface Shaped {
  readonly type: string;
  readonly event?: { readonly type: string };
  readonly id: string | null;
  readonly _version: string;
}

/** What the real package sends for a run. Its observer works behind a timer. */
async function sentByStately(config: typeof everything): Promise<readonly StatelyInspectionEvent[]> {
  const sent: StatelyInspectionEvent[] = [];
  const inspector = createInspector({ send: (event) => sent.push(event) });
  const { events } = traceStagePlan(config);
  inspectStagePlan(config, { inspect: inspector.inspect });
  await vi.waitFor(() => expect(sent).toHaveLength(events.length));
  return sent;
}

test.each([
  ['a plan', everything],
  ['a rejected run', { adetailer_enabled: true }],
])('the trace of %s has the events of @statelyai/inspect, one by one', async (_, config) => {
  const traced = traceStagePlan(config).events.map((event) => JSON.parse(writeTraceEvent(event, 0)));
  const sent = await sentByStately(config);
  const shape = ({ type, event, id, _version }: Shaped) => [type, event?.type, id, _version];
  expect(traced.map(shape)).toEqual(sent.map(shape));
  expect(traced.every(({ sessionId, rootId }) => sessionId === rootId)).toBe(true);
  const snapshots = sent.flatMap((event) => (event.type === '@xstate.snapshot' ? [event.snapshot] : []));
  const states = traced.flatMap(({ type, snapshot }) => (type === '@xstate.snapshot' ? [snapshot] : []));
  expect(snapshots).toMatchObject(states);
});

test('the version that is spoken is the one that is installed', async () => {
  const { events } = traceStagePlan({ txt2img_enabled: true });
  const [first] = await sentByStately({ txt2img_enabled: true });
  expect(events.length).toBeGreaterThan(0);
  expect(first?._version).toBe(protocolVersion);
});

test('the definition that is sent is the machine, without its functions', () => {
  const [actor] = traceStagePlan({ txt2img_enabled: true }).events;
  if (actor?.type !== '@xstate.actor') throw new Error('The first event is not the actor.');
  const { context, ...definition } = JSON.parse(actor.definition);
  const { context: _, ...config } = sequences.canonical.config;
  expect(definition).toEqual(JSON.parse(JSON.stringify(config)));
  expect(context).toEqual({ externalInput: true, standaloneUpscale: false, standaloneAdetailer: false });
});

test('a plan is traced from start to complete', () => {
  const { events, ...verdict } = traceStagePlan({ txt2img_enabled: true, upscale_enabled: true });
  const sent = events.flatMap((event) => (event.type === '@xstate.event' ? [event.event.type] : []));
  expect(sent).toEqual(['xstate.init', 'stage.txt2img', 'stage.upscale', 'plan.finished']);
  expect(events.at(-1)).toMatchObject({ snapshot: { status: 'done', value: 'complete' } });
  expect(verdict).toEqual({ legal: true, state: 'complete', messages: [] });
});

test('a rejected run is traced up to the refusal, which changes nothing', () => {
  const { events, legal, state, messages } = traceStagePlan({ adetailer_enabled: true });
  expect(events.at(-1)).toMatchObject({
    event: { type: 'stage.adetailer' },
    snapshot: { status: 'active', value: 'start' },
  });
  expect({ legal, state }).toEqual({ legal: false, state: 'start' });
  expect(messages).toEqual([expect.stringContaining('adetailer needs txt2img or img2img before it')]);
});

test('no setting of a run is in its trace', () => {
  const secret = 'a-secret-that-must-not-leave';
  const config = {
    ...everything,
    prompt: secret,
    negative_prompt: secret,
    input_image: secret,
    run_id: secret,
    metadata: { secret },
  };
  expect(JSON.stringify(traceStagePlan(config))).not.toContain(secret);
});

test('the same run has the same trace', () => {
  expect(traceStagePlan(everything)).toEqual(traceStagePlan(everything));
});
