import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ShownStep, type ShowOptions, showWalk } from '../../visualizations/inspector/show-walk.ts';
import { journeyOfRun } from '../../visualizations/journey.ts';
import { traceStagePlan } from '../../visualizations/trace.ts';
import { everything } from '../fixtures.ts';

interface Showing {
  readonly messages: readonly { readonly type: string; readonly [key: string]: unknown }[];
  readonly steps: readonly ShownStep[];
  readonly html: string;
}

/** Shows a run to one page that only listens. */
async function show(config: object, options: Partial<ShowOptions> = {}) {
  const showing = { messages: [], steps: [], html: '' } satisfies Showing;
  const seen: { messages: Showing['messages'][number][]; steps: ShownStep[]; html: string } = showing;
  const ending = await showWalk(journeyOfRun(config), {
    port: 0,
    speed: 0,
    wait: 5000,
    offline: true,
    signal: new AbortController().signal,
    onServing: async (url) => {
      seen.html = await (await fetch(url)).text();
      new WebSocket(url.replace('http:', 'ws:')).on('message', (text) =>
        seen.messages.push(JSON.parse(String(text))),
      );
    },
    onStep: async (step) => {
      seen.steps.push(step);
    },
    ...options,
  });
  return { ending, ...seen };
}

test.each([
  ['a plan', everything],
  ['a rejected run', { adetailer_enabled: true, upscale_enabled: true }],
])('a page receives every event of %s in order, and then how it came out', async (_, config) => {
  const { ending, messages } = await show(config);
  const { events, ...verdict } = traceStagePlan(config);
  expect(ending).toBe('played');
  expect(messages.filter(({ type }) => type.startsWith('@xstate.'))).toMatchObject(events);
  expect(messages.at(-1)).toMatchObject({ type: '@stageplan.verdict', ...verdict });
});

test('each step says where it led and lights up what was taken so far', async () => {
  const { steps } = await show({ txt2img_enabled: true });
  expect(steps.map(({ event, state, refused }) => ({ event, state, refused }))).toEqual([
    { event: 'xstate.init', state: 'start', refused: false },
    { event: 'stage.txt2img', state: 'txt2img.base', refused: false },
    { event: 'plan.finished', state: 'complete', refused: false },
  ]);
  expect(steps.map(({ marks }) => Object.keys(marks).length)).toEqual([1, 4, 6]);
});

test('a refused event is shown as refused in the state where the walk ended', async () => {
  const { steps } = await show({ adetailer_enabled: true });
  expect(steps.at(-1)).toMatchObject({ event: 'stage.adetailer', state: 'start', refused: true });
});

test('the steps are the time between two events apart', async () => {
  const before = performance.now();
  await show({ txt2img_enabled: true }, { speed: 100 });
  expect(performance.now() - before).toBeGreaterThan(290);
});

test('the offline page names no address but its own', async () => {
  const { html } = await show({ txt2img_enabled: true });
  expect(html).toContain('data-state="txt2img.base"');
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
});

test('the online page frames the Stately inspector, and hands it nothing but the protocol', async () => {
  const { html } = await show({ txt2img_enabled: true }, { offline: false });
  expect(html).toContain('src="https://stately.ai/inspect"');
  expect(html).toContain("if (!event.type.startsWith('@xstate.')) return;");
});

test('when no page comes in time, nothing is played', async () => {
  const { ending, steps } = await show({ txt2img_enabled: true }, { wait: 50, onServing: async () => {} });
  expect({ ending, steps }).toEqual({ ending: 'nobody came', steps: [] });
});

test('an interruption ends the waiting', async () => {
  const controller = new AbortController();
  const onServing = async () => controller.abort();
  expect((await show({}, { onServing, signal: controller.signal })).ending).toBe('interrupted');
});

test('an interruption ends the playing', async () => {
  const controller = new AbortController();
  const onStep = async () => controller.abort();
  const { ending } = await show(
    { txt2img_enabled: true },
    { onStep, speed: 60_000, signal: controller.signal },
  );
  expect(ending).toBe('interrupted');
});

test('what goes wrong on the way is thrown, and the port is free again', async () => {
  const onStep = async () => {
    throw new TypeError('broken');
  };
  await expect(show({ txt2img_enabled: true }, { onStep })).rejects.toThrow(TypeError);
});
