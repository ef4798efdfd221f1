import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr, type Sides } from '../table/values.ts';
import { differs, ofSecondPass, promptsOf } from './compare-samplers.ts';
import { followModel, remarkOnLoras } from './follow-model.ts';
import { type Graph, stoppedAt } from './graph.ts';
import { readEnlarging } from './read-enlarging.ts';
import { readSampler, type SamplerSettings } from './read-sampler.ts';
import type { LineParts } from './split-line.ts';

/** What a second sampler does behind a first one, and the size that it leaves. */
export interface Redraw {
  readonly readings: readonly Reading[];
  /** false: nothing is enlarged, so it is an img2img. */
  readonly isHires: boolean;
  readonly sides: Sides | undefined;
}

/** A second sampler behind an enlarging is a hires pass; at the same size it is an img2img of what was generated. */
export function readRedraw(
  graph: Graph,
  base: SamplerSettings,
  { redraw }: LineParts,
  sides: Sides | undefined,
  isImage: boolean,
): Redraw | undefined {
  const last = redraw.at(-1);
  if (last === undefined) return undefined;
  const sampler = readSampler(graph, last.node);
  const enlarging = redraw.slice(0, -1);
  const isHires = enlarging.some(({ kind }) => ['enlarge', 'resize', 'grow'].includes(kind));
  if (isImage && !isHires) throw stoppedAt(last.node, 'it is a second img2img, and a run has one');
  const differing = readDiffering(graph, base, sampler, isHires ? hiresField : (name) => ['img2img', name]);
  if (!isHires) {
    const readings = readField(['img2img', 'denoising_strength'], sampler.denoise, sampler.denoisePath);
    const steps = differs(base, sampler, 'steps');
    const own = steps === undefined ? [] : readField(['img2img', 'steps'], numberOr(steps.value), steps.path);
    return { isHires, sides, readings: [...readings, ...own, ...differing] };
  }
  const enlarged = readEnlarging(graph, enlarging, sides, hiresFields);
  const factor = enlarged.find(
    (reading) => reading.kind === 'field' && reading.field[0] === 'hires_upscale_factor',
  );
  const times = factor?.kind === 'field' && typeof factor.value === 'number' ? factor.value : undefined;
  const { steps } = sampler.settings;
  return {
    isHires,
    sides: sides === undefined || times === undefined ? undefined : [sides[0] * times, sides[1] * times],
    readings: [
      ...enlarged,
      ...readField(['hires_denoise'], sampler.denoise, sampler.denoisePath),
      ...(steps === undefined ? [] : readField(['hires_steps'], numberOr(steps.value), steps.path)),
      ...differing,
    ],
  };
}

/** What the second pass does differently: settings of the hires pass, or of the img2img. */
function readDiffering(
  graph: Graph,
  base: SamplerSettings,
  second: SamplerSettings,
  field: (name: string) => readonly string[],
): readonly Reading[] {
  const settings = ofSecondPass.flatMap((name) => {
    const setting = differs(base, second, name);
    return setting === undefined ? [] : readField(field(name), setting.value, setting.path);
  });
  const seed = differs(base, second, 'seed');
  const model = followModel(graph, second.guide);
  const first = followModel(graph, base.guide);
  return [
    ...settings,
    ...(seed === undefined
      ? []
      : [remark(seed.path, 'dropped', 'is lost: a later pass has the seed of the run')]),
    ...(model.name === first.name ? [] : readField(field('model'), model.name, model.path)),
    ...remarkOnLoras(second.node, first, model, 'the second pass'),
    ...model.remarks,
    ...readPrompt(graph, base, second, 'positive', field('prompt')),
    ...readPrompt(graph, base, second, 'negative', field('negative_prompt')),
  ];
}

function readPrompt(
  graph: Graph,
  base: SamplerSettings,
  second: SamplerSettings,
  side: 'positive' | 'negative',
  field: readonly string[],
): readonly Reading[] {
  const [before, after] = promptsOf(graph, base, second, side);
  if (after === undefined) return [];
  return [...(after.text === before?.text ? [] : readField(field, after.text, after.path)), ...after.remarks];
}

const hiresFields = {
  factor: ['hires_upscale_factor'],
  upscaler: ['hires_upscaler_name'],
  size: ['hires_resize_to'],
};

function hiresField(name: string): readonly string[] {
  return [name === 'model' ? 'hires_model_name' : `hires_${name}`];
}
