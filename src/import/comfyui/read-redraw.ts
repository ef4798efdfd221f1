import { RedrawSteps } from '../../config/img2img-settings.ts';
import { isPlainObject } from '../../json.ts';
import { readField } from '../read-keys.ts';
import { type FieldReading, type Reading, remark } from '../reading.ts';
import { numberOr, type Sides } from '../table/values.ts';
import { differs, ofSecondPass, promptsOf } from './compare-samplers.ts';
import { followModel, remarkOnLoras } from './follow-model.ts';
import type { Graph } from './graph.ts';
import { type EnlargingFields, readEnlarging } from './read-enlarging.ts';
import { readSampler, type SamplerSettings } from './read-sampler.ts';
import type { EnlargedPart, HiresPart } from './split-line.ts';

/** What enlarges, or samples again, and the size that it leaves. undefined: it is not known. */
export interface Enlarged {
  readonly readings: readonly Reading[];
  readonly sides: Sides | undefined;
}

const hiresFields = {
  factor: ['hires_upscale_factor'],
  upscaler: ['hires_upscaler_name'],
  size: ['hires_resize_to'],
};
const upscaleFields = {
  factor: ['upscale', 'upscale_factor'],
  upscaler: ['upscale', 'upscaler'],
  size: ['upscale', 'resize_to'],
};

/** A second pass behind an enlarging is a hires pass, whose steps are always its own. */
export function readHires(
  graph: Graph,
  base: SamplerSettings,
  { enlarging, samplers: [first] }: HiresPart,
  from: Sides | undefined,
): Enlarged {
  const enlarged = enlarge(graph, enlarging, from, hiresFields);
  const sampler = readSampler(graph, first.node);
  return {
    ...enlarged,
    readings: [
      ...enlarged.readings,
      ...readShare(sampler),
      ...readDiffering(graph, base, sampler, (name) => [
        name === 'model' ? 'hires_model_name' : `hires_${name}`,
      ]),
    ],
  };
}

/** A hires pass runs all of its steps, whatever its strength: those behind the first, where the sampler says which that is. */
function readShare({
  settings: { steps },
  range,
  denoise,
  denoisePath,
}: SamplerSettings): readonly Reading[] {
  const run = range === undefined ? numberOr(steps?.value) : range.steps - range.start;
  const share =
    range === undefined ? denoise : Math.round(((range.steps - range.start) / range.steps) * 1e6) / 1e6;
  return [
    ...readField(['hires_denoise'], share, denoisePath),
    ...(steps === undefined ? [] : readField(['hires_steps'], run, steps.path)),
  ];
}

/** A second sampler at the same size is an img2img of what was generated. */
export function readAgain(graph: Graph, base: SamplerSettings, again: SamplerSettings): readonly Reading[] {
  return readRedraw(graph, base, again, ['img2img']);
}

/** An upscale, which a sampler may redraw. */
export function readUpscale(
  graph: Graph,
  base: SamplerSettings | undefined,
  { enlarging, redraw }: EnlargedPart,
  from: Sides | undefined,
): Enlarged {
  const enlarged = enlarge(graph, enlarging, from, upscaleFields);
  if (redraw === undefined || base === undefined) return enlarged;
  const mode: FieldReading = {
    kind: 'field',
    field: ['upscale', 'redraw', 'mode'],
    value: 'img2img',
    path: [redraw.node.id],
    weak: false,
  };
  const sampler = asShare(readSampler(graph, redraw.node));
  const readings = readRedraw(graph, base, sampler, ['upscale', 'redraw']);
  return { ...enlarged, readings: [...enlarged.readings, mode, ...readings] };
}

/**
 * The redraw of an upscale runs a share of its steps, where a sampler without a range runs all of them, as the end of a
 * schedule of int(steps / denoise). One that is longer than a run's stays as it is stated.
 */
function asShare(sampler: SamplerSettings): SamplerSettings {
  const { denoise, range, settings } = sampler;
  const run = Number(settings.steps?.value);
  const steps = Math.floor(run / denoise);
  const isShare = range === undefined && denoise < 1 && RedrawSteps.safeParse(steps).success;
  if (settings.steps === undefined || !isShare) return sampler;
  return {
    ...sampler,
    denoise: (run - 0.5) / steps,
    settings: { ...settings, steps: { ...settings.steps, value: steps } },
  };
}

function enlarge(
  graph: Graph,
  enlarging: EnlargedPart['enlarging'],
  from: Sides | undefined,
  fields: EnlargingFields,
): Enlarged {
  const readings = readEnlarging(graph, enlarging, from, fields);
  return { readings, sides: sizeIn(readings, fields) ?? timesIn(readings, fields, from) };
}

function valueIn(readings: readonly Reading[], field: readonly string[]): unknown {
  const found = readings.find((reading) => reading.kind === 'field' && reading.field.join() === field.join());
  return found?.kind === 'field' ? found.value : undefined;
}

function sizeIn(readings: readonly Reading[], { size }: EnlargingFields): Sides | undefined {
  const to = valueIn(readings, size);
  if (!isPlainObject(to) || typeof to.width !== 'number' || typeof to.height !== 'number') return undefined;
  return [to.width, to.height];
}

function timesIn(
  readings: readonly Reading[],
  { factor }: EnlargingFields,
  from: Sides | undefined,
): Sides | undefined {
  const times = valueIn(readings, factor);
  return from === undefined || typeof times !== 'number' ? undefined : [from[0] * times, from[1] * times];
}

function readRedraw(
  graph: Graph,
  base: SamplerSettings,
  sampler: SamplerSettings,
  into: readonly string[],
): readonly Reading[] {
  const steps = differs(base, sampler, 'steps');
  return [
    ...readField([...into, 'denoising_strength'], sampler.denoise, sampler.denoisePath),
    ...(steps === undefined ? [] : readField([...into, 'steps'], numberOr(steps.value), steps.path)),
    ...readDiffering(graph, base, sampler, (name) => [...into, name]),
  ];
}

/** What a later pass does differently from the run. */
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
  if (after.text === before?.text) return after.remarks;
  // An empty prompt is one of its own here, and not that of the run.
  return [{ kind: 'field', field, value: after.text, path: after.path, weak: false }, ...after.remarks];
}
