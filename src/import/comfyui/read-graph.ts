import { switchNamed } from '../../sequence/events.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { readField } from '../read-keys.ts';
import { readPromptWithLoras } from '../readers/loras.ts';
import { type Reading, remark, withoutRepeats } from '../reading.ts';
import { numberOr, type Sides } from '../table/values.ts';
import { followImage } from './follow-image.ts';
import { type FollowedModel, followModel, remarkOnLoras } from './follow-model.ts';
import { type FollowedPrompt, followClip, followPrompt } from './follow-prompt.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';
import { readDetailer } from './read-detailer.ts';
import { readEnlarging } from './read-enlarging.ts';
import { readSampler, type SamplerSettings, type Setting } from './read-sampler.ts';
import { remarkOnUnread } from './remark-on-unread.ts';
import { type LineParts, splitLine } from './split-line.ts';
import { traceInputs } from './trace-inputs.ts';

const upscaleFields = {
  factor: ['upscale', 'upscale_factor'],
  upscaler: ['upscale', 'upscaler'],
  size: ['upscale', 'resize_to'],
};
const hiresFields = {
  factor: ['hires_upscale_factor'],
  upscaler: ['hires_upscaler_name'],
  size: ['hires_resize_to'],
};

/**
 * Reads a graph as a run: the line of its picture, and along it the model, the prompts and the settings of each sampler.
 *
 * @throws {UnreadableGraphError} where the line is none of the recognised shapes, with the node at which reading stopped.
 */
export function readGraph(original: Graph): Draft {
  const traced = traceInputs(original);
  const { graph } = traced;
  const line = followImage(graph);
  traced.forget();
  const parts = splitLine(line);
  const start = readStart(graph, parts);
  const [first, second] = parts.samplers.map(({ node }) => readSampler(graph, node));
  const base = first === undefined ? undefined : readBase(graph, first, start.isImage);
  const refiner = first === undefined || second === undefined ? [] : readRefiner(graph, first, second);
  const redraw =
    first === undefined ? undefined : readRedraw(graph, first, parts, start.sides, start.isImage);
  const enlarged = [...parts.enlargedBefore, ...parts.enlargedAfter];
  const readings = [
    ...start.readings,
    ...(base?.readings ?? []),
    ...refiner,
    ...(redraw?.readings ?? []),
    ...readEnlarging(graph, enlarged, redraw?.sides ?? start.sides, upscaleFields),
    ...parts.details.flatMap(({ node }, index) =>
      readDetailer(graph, node, index, {
        model: base?.model,
        positive: base?.positive,
        negative: base?.negative,
      }),
    ),
    ...readDecoder(graph, parts),
    ...remarkOnEarlyEnd(graph, parts),
  ];
  const upscale = enlarged.length > 0;
  const decided = {
    ...decide({
      img2img: start.isImage,
      upscale,
      adetailer: parts.details.length > 0,
      hires: redraw?.isHires === true,
      refiner: fills(readings, 'refiner_model_name'),
    }),
    ...(redraw?.isHires === false && { img2img_enabled: true }),
    ...(first === undefined && { img2img_enabled: false }),
  };
  const all = withoutRepeats([...readings, ...remarkOnUnread(original, traced, line, readings)]);
  if (parts.enlargedAfter.length === 0 || parts.details.length === 0) return { readings: all, decided };
  const stage_order = [...ranBefore(decided), 'adetailer', 'upscale'];
  return { readings: all, decided: { ...decided, stage_order }, sequence: 'detail-before-upscale' };
}

function ranBefore(decided: Draft['decided']): readonly string[] {
  return ['txt2img', 'img2img'].filter((stage) => decided[switchNamed(stage)] === true);
}

interface Start {
  readonly isImage: boolean;
  readonly sides: Sides | undefined;
  readonly readings: readonly Reading[];
}

/** A line begins with a size, or with an image, which may be brought to a size before it is encoded. */
function readStart(graph: Graph, { first, sizing }: LineParts): Start {
  const isImage = first.kind === 'load';
  const sized = sizing.findLast(({ kind }) => kind === 'resize') ?? first;
  const [width, height] = ['width', 'height'].map((side) => numberOr(inputValue(graph, sized.node, side)));
  const isKnown = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0;
  return {
    isImage,
    sides: isKnown ? [width, height] : undefined,
    readings: [
      ...(isKnown ? ['width', 'height'].flatMap((side) => readNumber(graph, sized.node, side)) : []),
      ...(isImage ? readImage(graph, first.node) : readNumber(graph, first.node, 'batch_size')),
    ],
  };
}

function readNumber(graph: Graph, node: GraphNode, input: string): readonly Reading[] {
  const value = inputValue(graph, node, input);
  return value === undefined ? [] : readField([input], numberOr(value), [node.id, input]);
}

function readImage(graph: Graph, node: GraphNode): readonly Reading[] {
  return readField(['input_image'], inputValue(graph, node, 'image') ?? null, [node.id, 'image']);
}

interface Base {
  readonly model: FollowedModel;
  readonly readings: readonly Reading[];
  readonly positive: FollowedPrompt;
  readonly negative: FollowedPrompt | undefined;
}

function readBase(graph: Graph, sampler: SamplerSettings, isImage: boolean): Base {
  const model = followModel(graph, sampler.guide);
  const positive = followPrompt(graph, sampler.guide, sampler.positive);
  const negative =
    sampler.negative === undefined ? undefined : followPrompt(graph, sampler.guide, sampler.negative);
  const clip = positive.encoder === undefined ? undefined : followClip(graph, positive.encoder);
  const lorasPath = model.visited.slice(0, 1);
  const strength = isImage
    ? readField(['img2img', 'denoising_strength'], sampler.denoise, sampler.denoisePath)
    : sampler.denoise === 1
      ? []
      : [remark(sampler.denoisePath, 'dropped', 'is lost: an empty latent is drawn as a whole')];
  return {
    model,
    positive,
    negative,
    readings: [
      ...readField(['model'], model.name, model.path),
      ...readPromptWithLoras(positive.text, positive.path, model.loras, lorasPath),
      ...(negative === undefined || negative.text === ''
        ? []
        : readField(['negative_prompt'], negative.text, negative.path)),
      ...(clip === undefined ? [] : readField(['clip_skip'], numberOr(clip.value), clip.path)),
      ...readSettings(sampler),
      ...strength,
      ...model.remarks,
      ...positive.remarks,
      ...(negative?.remarks ?? []),
    ],
  };
}

function readSettings({ settings }: SamplerSettings): readonly Reading[] {
  return Object.entries(settings).flatMap(([field, setting]) =>
    setting === undefined
      ? []
      : readField(
          [field],
          field === 'sampler_name' || field === 'scheduler' ? setting.value : numberOr(setting.value),
          setting.path,
        ),
  );
}

/** Two samplers in a row are base and refiner where the second takes over at the step at which the first ends. */
function readRefiner(graph: Graph, base: SamplerSettings, refiner: SamplerSettings): readonly Reading[] {
  if (base.range === undefined || refiner.range === undefined || base.range.end !== refiner.range.start)
    throw stoppedAt(
      refiner.node,
      'it samples again what was sampled, and does not take over within the steps',
    );
  const model = followModel(graph, refiner.guide);
  const addsNoise = inputValue(graph, refiner.node, 'add_noise');
  return [
    ...readField(['refiner_model_name'], model.name, model.path),
    ...readField(['refiner_switch_at'], base.range.end / base.range.steps, [base.node.id, 'end_at_step']),
    ...remarkOnRefiner(graph, base, refiner),
    ...(addsNoise === 'enable'
      ? [remark([refiner.node.id, 'add_noise'], 'dropped', 'is lost: a refiner adds no noise of its own')]
      : []),
    ...remarkOnLoras(refiner.node, followModel(graph, base.guide), model, 'the refiner'),
    ...model.remarks,
  ];
}

/** A refiner takes over the settings and the prompts of the run. */
function remarkOnRefiner(graph: Graph, base: SamplerSettings, refiner: SamplerSettings): readonly Reading[] {
  const settings = (['steps', ...ofSecondPass] as const).flatMap((name) => {
    const setting = differs(base, refiner, name);
    return setting === undefined ? [] : [setting.path];
  });
  const prompts = (['positive', 'negative'] as const).flatMap((side) => {
    const [before, after] = promptsOf(graph, base, refiner, side);
    return after === undefined || after.text === before?.text ? [] : [after.path];
  });
  return [...settings, ...prompts].map((path) =>
    remark(path, 'dropped', 'is lost: the refiner has the settings and the prompts of the run'),
  );
}

/** The last sampler of a pass that leaves steps undone. */
function remarkOnEarlyEnd(graph: Graph, { samplers, redraw }: LineParts): readonly Reading[] {
  return [samplers.at(-1), redraw.at(-1)].flatMap((step) => {
    const range = step === undefined ? undefined : readSampler(graph, step.node).range;
    return step === undefined || range === undefined || range.end >= range.steps
      ? []
      : [remark([step.node.id, 'end_at_step'], 'dropped', 'is lost: a run draws all of its steps')];
  });
}

function hiresField(name: string): readonly string[] {
  return [name === 'model' ? 'hires_model_name' : `hires_${name}`];
}

interface Redraw {
  readonly readings: readonly Reading[];
  /** false: nothing is enlarged, so it is an img2img. */
  readonly isHires: boolean;
  readonly sides: Sides | undefined;
}

/** A second sampler behind an enlarging is a hires pass; at the same size it is an img2img of what was generated. */
function readRedraw(
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

const ofSecondPass = ['cfg_scale', 'sampler_name', 'scheduler'] as const;

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

function differs(
  base: SamplerSettings,
  second: SamplerSettings,
  name: keyof SamplerSettings['settings'],
): Setting | undefined {
  const setting = second.settings[name];
  return setting?.value === base.settings[name]?.value ? undefined : setting;
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

function promptsOf(
  graph: Graph,
  base: SamplerSettings,
  second: SamplerSettings,
  side: 'positive' | 'negative',
): readonly (FollowedPrompt | undefined)[] {
  return [base, second].map((sampler) => {
    const input = sampler[side];
    return input === undefined ? undefined : followPrompt(graph, sampler.guide, input);
  });
}

/** The VAE that decodes, where it is not the checkpoint's own. */
function readDecoder(graph: Graph, { decoder }: LineParts): readonly Reading[] {
  const vae = decoder === undefined ? undefined : linkOf(graph, decoder.node, 'vae')?.node;
  if (vae?.inputs.vae_name === undefined) return [];
  return readField(['vae'], inputValue(graph, vae, 'vae_name'), [vae.id, 'vae_name']);
}
