import { setTimeout as sleep } from 'node:timers/promises';
import { requirePackage } from '../../src/require-package.ts';
import { type SequenceGraph, sequenceGraph } from '../graph.ts';
import { type Inspect, outcomeOf, playJourney } from '../inspect.ts';
import type { Journey } from '../journey.ts';
import { markJourney, markWalk } from '../marks.ts';
import { storyOf } from '../story.ts';
import { renderSvg } from '../svg.ts';
import { traceEvent } from '../trace.ts';
import { type PageMessage, writeTraceEvent } from './messages.ts';
import { offlinePage } from './offline-page.ts';
import { startRelay } from './relay.ts';
import { servePage } from './served-page.ts';
import { statelyFrames, statelyPage } from './stately-page.ts';

export interface ShowOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Milliseconds between two events. */
  readonly speed: number;
  /** Milliseconds that the first page has to connect. */
  readonly wait: number;
  /** Serve the page of stageplan's own, which asks nobody else, in place of the Stately inspector. */
  readonly offline: boolean;
  /** Ends everything early. */
  readonly signal: AbortSignal;
  readonly onServing: (url: string) => Promise<void>;
  readonly onStep: (step: ShownStep) => Promise<void>;
}

/** An event that was played, and the state that it led to or was refused in. */
export type ShownStep = Extract<PageMessage, { type: '@stageplan.step' }>;

/** How a showing ended: every page has the whole walk, no page came, or it was broken off. */
export type Ending = 'played' | 'nobody came' | 'interrupted';

/**
 * Plays a journey at a watchable pace for whoever opens the page, from the moment that the first page connects, and ends
 * once every page has received all of it.
 *
 * @throws {PortError} when the port is taken or not allowed.
 * @throws {MissingPackageError} when the optional package `ws`, or for `offline` `@viz-js/viz`, is not installed.
 */
export async function showWalk(journey: Journey, options: ShowOptions): Promise<Ending> {
  if (options.offline) await requireBoth();
  const { id } = journey.sequence;
  const graph = sequenceGraph(journey.sequence);
  const html = options.offline ? await pageOf(journey, graph, options.speed) : statelyPage(id);
  const frame = options.offline ? null : statelyFrames;
  const relay = await startRelay(options.port, (hosts) => servePage(html, hosts, frame));
  try {
    await options.onServing(relay.url);
    if (!(await arrives(relay.connected, options))) return 'nobody came';
    await play(journey, options, relay.publish);
    const { fixes } = journey;
    const marks = markJourney(graph, journey);
    relay.publish(JSON.stringify({ type: '@stageplan.verdict', ...outcomeOf(journey), fixes, marks }));
    return 'played';
  } catch (error) {
    if (options.signal.aborted) return 'interrupted';
    throw error;
  } finally {
    await relay.close();
  }
}

/** Finds out that packages are missing before anything is served, and names both in one message. */
async function requireBoth(): Promise<void> {
  const feature = 'The offline inspector';
  await requirePackage('ws', feature, () => import('ws'), ['@viz-js/viz']);
  await requirePackage('@viz-js/viz', feature, () => import('@viz-js/viz'), ['ws']);
}

async function pageOf(journey: Journey, graph: SequenceGraph, speed: number): Promise<string> {
  const story = storyOf(graph, journey);
  return offlinePage({ name: story.title, sequence: graph.id, svg: await renderSvg(graph, story), speed });
}

/** Whether the first page connects in time. */
async function arrives(connected: Promise<void>, { wait, signal }: ShowOptions): Promise<boolean> {
  return Promise.race([connected.then(() => true), sleep(wait, false, { signal, ref: false })]);
}

async function play(journey: Journey, options: ShowOptions, publish: (message: string) => void) {
  const steps = stepsOf(journey);
  const inspect: Inspect = (inspection) => {
    for (const event of traceEvent(journey, inspection)) publish(writeTraceEvent(event, Date.now()));
  };
  const playing = playJourney(journey, inspect);
  for (const step of steps) {
    playing.next();
    publish(JSON.stringify(step));
    await options.onStep(step);
    await sleep(options.speed, undefined, { signal: options.signal });
  }
}

/** Every event that an actor is sent on a journey, from the one that starts it. */
function stepsOf({ sequence, walk, refused }: Journey): readonly ShownStep[] {
  const graph = sequenceGraph(sequence);
  const after = (count: number) => ({ ...walk, steps: walk.steps.slice(0, count), state: stateAfter(count) });
  const stateAfter = (count: number) => walk.steps[count]?.from ?? walk.state;
  const type = '@stageplan.step';
  const taken = ['xstate.init', ...walk.steps.map((step) => step.event)].map((event, count): ShownStep => {
    const marks = markWalk(graph, after(count));
    return { type, event, state: stateAfter(count), refused: false, marks };
  });
  const marks = markWalk(graph, walk);
  return [
    ...taken,
    ...refused.map((event): ShownStep => ({ type, event, state: walk.state, refused: true, marks })),
  ];
}
