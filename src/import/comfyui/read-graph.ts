import { switchNamed } from '../../sequence/events.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { readField } from '../read-keys.ts';
import { readPromptWithLoras } from '../readers/loras.ts';
import { type Reading, remark, withoutRepeats } from '../reading.ts';
import { numberOr, type Sides } from '../table/values.ts';
import { followImage } from './follow-image.ts';
import { type FollowedModel, followModel } from './follow-model.ts';
import { type FollowedPrompt, followClip, followPrompt } from './follow-prompt.ts';
import { type Graph, type GraphNode, inputValue, linkOf } from './graph.ts';
import { readDetailer } from './read-detailer.ts';
import { readEnlarging } from './read-enlarging.ts';
import { readRedraw } from './read-redraw.ts';
import { readRefiner } from './read-refiner.ts';
import { readSampler, type SamplerSettings } from './read-sampler.ts';
import { remarkOnUnread } from './remark-on-unread.ts';
import { type LineParts, splitLine } from './split-line.ts';
import { traceInputs } from './trace-inputs.ts';

const upscaleFields = {
  factor: ['upscale', 'upscale_factor'],
  upscaler: ['upscale', 'upscaler'],
  size: ['upscale', 'resize_to'],
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

/** The last sampler of a pass that leaves steps undone. */
function remarkOnEarlyEnd(graph: Graph, { samplers, redraw }: LineParts): readonly Reading[] {
  return [samplers.at(-1), redraw.at(-1)].flatMap((step) => {
    const range = step === undefined ? undefined : readSampler(graph, step.node).range;
    return step === undefined || range === undefined || range.end >= range.steps
      ? []
      : [remark([step.node.id, 'end_at_step'], 'dropped', 'is lost: a run draws all of its steps')];
  });
}

/** The VAE that decodes, where it is not the checkpoint's own. */
function readDecoder(graph: Graph, { decoder }: LineParts): readonly Reading[] {
  const vae = decoder === undefined ? undefined : linkOf(graph, decoder.node, 'vae')?.node;
  if (vae?.inputs.vae_name === undefined) return [];
  return readField(['vae'], inputValue(graph, vae, 'vae_name'), [vae.id, 'vae_name']);
}
