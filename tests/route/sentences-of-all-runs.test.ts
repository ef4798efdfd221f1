import { expect, test } from 'vitest';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { redrawPlanner } from '../../examples/redraw-twice.ts';
import { videoPlanner } from '../../examples/video-last.ts';
import { everyPolicy, type SequencePolicies } from '../../machines/policies.ts';
import {
  explainStagePlan,
  type PlanOptions,
  type StagePlanExplanation,
  type StageSequence,
  sequences,
  stageTypes,
  verifyStageOrder,
} from '../../src/index.ts';
import { configOf, everySwitchSet, on } from '../fixtures.ts';
import { sequenceOf } from '../growth/machines.ts';

/** A sequence of one's own: two stages of which a plan has one, then one that needs another behind it. */
const either = sequenceOf('either', {
  start: { stage: null, on: { 'stage.txt2img': 'txt2img', 'stage.img2img': 'img2img' } },
  txt2img: { stage: 'txt2img', on: { 'stage.upscale': 'upscale', 'plan.finished': 'complete' } },
  img2img: { stage: 'img2img', on: { 'stage.upscale': 'upscale', 'plan.finished': 'complete' } },
  upscale: { stage: 'upscale', on: { 'stage.adetailer': 'adetailer' } },
  adetailer: { stage: 'adetailer', on: { 'plan.finished': 'complete' } },
});

/** What a sequence is asked for, under each of its names: with its own stages where it has some. */
interface Asked {
  readonly sequence: StageSequence;
  readonly explain: (config: unknown, options?: Omit<PlanOptions, 'sequence'>) => StagePlanExplanation;
  readonly runs: readonly Readonly<Record<string, boolean>>[];
}

function known(sequence: StageSequence): Asked {
  return {
    sequence,
    explain: (config, options = {}) => explainStagePlan(config, { ...options, sequence }),
    runs: everySwitchSet,
  };
}

/** A sequence with stages of its own: every set of its switches, and one of a shipped stage that it does not have. */
function own({ sequence, explainStagePlan: explain }: Pick<Asked, 'sequence'> & Explaining): Asked {
  const names = [...new Set([...sequence.events, 'stage.img2img'])].filter(
    (event) => event !== 'plan.finished',
  );
  const runs = Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(
      names.map((event, index) => [`${event.split('.')[1]}_enabled`, ((bits >> index) & 1) === 1]),
    ),
  );
  return { sequence, explain, runs };
}

interface Explaining {
  readonly explainStagePlan: Asked['explain'];
}

const machines: Readonly<Record<string, Asked>> = {
  canonical: known(sequences.canonical),
  'detail-before-upscale': known(sequences['detail-before-upscale']),
  either: known(either),
  detailTwice: own(detailPlanner),
  redrawTwice: own(redrawPlanner),
  videoLast: own(videoPlanner),
};

function policiesIn(policies: SequencePolicies): string {
  const open = Object.entries(policies).flatMap(([name, isOpen]) => (isOpen ? [name] : []));
  return open.join(' + ') || 'nothing';
}

/** Sentences, each with where it was said first. */
class Said {
  readonly #places = new Map<string, string>();

  add(kind: string, sentence: string, place: string): void {
    const said = `${kind}: ${sentence}`;
    if (!this.#places.has(said)) this.#places.set(said, place);
  }

  get text(): string {
    const lines = [...this.#places].map(([sentence, place]) => `${sentence}\n    ${place}\n`);
    return lines.sort().join('');
  }
}

/** Every order of up to three of some stages, one that no sequence has among them. */
function ordersOf(stages: readonly string[], length = 3): readonly (readonly string[])[] {
  if (length === 0) return [[]];
  const shorter = ordersOf(stages, length - 1);
  return [
    ...shorter,
    ...shorter
      .filter((order) => order.length === length - 1)
      .flatMap((order) => stages.map((stage) => [...order, stage])),
  ];
}

test('every sentence about every set of switches, under every policy, is one that was read aloud', async () => {
  const said = new Said();
  for (const [name, { sequence, explain, runs }] of Object.entries(machines)) {
    for (const policies of everyPolicy) {
      const place = `${name}, ${policiesIn(policies)} allowed:`;
      for (const run of runs) {
        const { rejections, fixes } = explain(configOf(run), policies);
        for (const { message } of rejections) said.add('no', message, `${place} ${on(run)}`);
        for (const { message } of fixes) said.add('fix', message, `${place} ${on(run)}`);
      }
      for (const order of ordersOf([...stageTypes(sequence), 'film'])) {
        const { rejections } = verifyStageOrder(order, { sequence, ...policies });
        for (const { message } of rejections)
          said.add('order', message, `${place} ${order.join(', ') || 'nothing'}`);
      }
    }
    for (const run of runs) {
      for (const { message } of explain(configOf(run)).fixes)
        said.add('fix', message, `${name}, no policy stated: ${on(run)}`);
      for (const stage_order of [['adetailer', 'txt2img'], ['txt2img'], ['upscale', 'upscale']]) {
        const { rejections } = explain({ ...configOf(run), stage_order });
        for (const { message } of rejections)
          said.add('stated', message, `${name}, ${stage_order.join(', ')} stated: ${on(run)}`);
      }
    }
  }
  await expect(said.text).toMatchFileSnapshot('sentences.txt');
});
