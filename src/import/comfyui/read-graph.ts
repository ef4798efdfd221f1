import { readPrompt } from '../../prompt.ts';
import { switchNamed } from '../../sequence/events.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { readField } from '../read-keys.ts';
import { readPromptWithLoras } from '../readers/loras.ts';
import { type Reading, remark, withoutRepeats } from '../reading.ts';
import { numberOr, type Sides } from '../table/values.ts';
import { followImage, type Step } from './follow-image.ts';
import { type FollowedModel, followModel } from './follow-model.ts';
import { type FollowedPrompt, followClip, followPrompt } from './follow-prompt.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';
import { readDetailer } from './read-detailer.ts';
import { readAgain, readHires, readUpscale } from './read-redraw.ts';
import { readRefiner } from './read-refiner.ts';
import { readSampler, type SamplerSettings } from './read-sampler.ts';
import { remarkOnUnread } from './remark-on-unread.ts';
import { type LineParts, splitLine } from './split-line.ts';
import { traceInputs } from './trace-inputs.ts';

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
  const enlarged = parts.enlargedBefore ?? parts.enlargedAfter;
  const lead = first ?? readLead(graph, enlarged?.redraw ?? parts.details[0]);
  const base = lead === undefined ? undefined : readBase(graph, lead);
  const hires =
    first === undefined || parts.hires === undefined
      ? undefined
      : readHires(graph, first, parts.hires, start.sides);
  const upscale = readUpscale(
    graph,
    lead,
    enlarged ?? notEnlarged,
    hires === undefined ? start.sides : hires.sides,
  );
  const again = readLater(graph, first, parts.again, start.isImage);
  const readings = [
    ...start.readings,
    ...(base?.readings ?? []),
    ...(first === undefined ? [] : readStrength(first, start.isImage)),
    ...readRefiners(graph, first, second, parts),
    ...(hires?.readings ?? []),
    ...again,
    ...upscale.readings,
    ...parts.details.flatMap(({ node }, index) =>
      readDetailer(graph, node, index, {
        settings: lead?.settings,
        model: base?.model,
        positive: base?.positive,
        negative: base?.negative,
      }),
    ),
    ...readDecoder(graph, parts),
    ...remarkOnEarlyEnd(graph, parts),
  ];
  const decided = {
    ...decide({
      img2img: start.isImage,
      upscale: enlarged !== undefined,
      adetailer: parts.details.length > 0,
      hires: hires !== undefined,
      refiner: fills(readings, 'refiner_model_name'),
    }),
    ...(parts.again !== undefined && { img2img_enabled: true }),
    ...(first === undefined && { img2img_enabled: false }),
  };
  const all = withoutRepeats([...readings, ...remarkOnUnread(original, traced, line, readings)]);
  if (parts.enlargedAfter === undefined || parts.details.length === 0) return { readings: all, decided };
  const stage_order = [...ranBefore(decided), 'adetailer', 'upscale'];
  return { readings: all, decided: { ...decided, stage_order }, sequence: 'detail-before-upscale' };
}

const notEnlarged = { enlarging: [], redraw: undefined };

/** A second sampler at the same size is an img2img, of which a run has one. */
function readLater(
  graph: Graph,
  base: SamplerSettings | undefined,
  again: LineParts['again'],
  isImage: boolean,
): readonly Reading[] {
  if (base === undefined || again === undefined) return [];
  if (isImage) throw stoppedAt(again.node, 'it is a second img2img, and a run has one');
  return readAgain(graph, base, readSampler(graph, again.node));
}

/** The refiner of the first pass, or of the second, or of both. */
function readRefiners(
  graph: Graph,
  first: SamplerSettings | undefined,
  refiner: SamplerSettings | undefined,
  { hires }: LineParts,
): readonly Reading[] {
  const ofFirst = first === undefined || refiner === undefined ? [] : readRefiner(graph, first, refiner);
  const [again, refined] = (hires?.samplers ?? []).map(({ node }) => readSampler(graph, node));
  if (again === undefined || refined === undefined) return ofFirst;
  const pass = ofFirst.length === 0 ? 'second' : 'both';
  return [
    ...ofFirst,
    ...readRefiner(graph, again, refined),
    ...readField(['refiner_pass'], pass, [refined.node.id, 'start_at_step']),
  ];
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
  const repeat = sizing.find(({ kind }) => kind === 'repeat');
  const sized = sizing.findLast(({ kind }) => kind === 'resize') ?? first;
  const [width, height] = ['width', 'height'].map((side) => numberOr(inputValue(graph, sized.node, side)));
  const isKnown = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0;
  return {
    isImage,
    sides: isKnown ? [width, height] : undefined,
    readings: [
      ...(isKnown ? ['width', 'height'].flatMap((side) => readNumber(graph, sized.node, side)) : []),
      ...(isImage ? readImage(graph, first.node) : readNumber(graph, first.node, 'batch_size')),
      ...(repeat === undefined ? [] : readBatch(graph, repeat.node)),
    ],
  };
}

function readNumber(graph: Graph, node: GraphNode, input: string): readonly Reading[] {
  const value = inputValue(graph, node, input);
  return value === undefined ? [] : readField([input], numberOr(value), [node.id, input]);
}

/** A picture that is encoded once and drawn several times. */
function readBatch(graph: Graph, node: GraphNode): readonly Reading[] {
  return readField(['batch_size'], numberOr(inputValue(graph, node, 'amount')), [node.id, 'amount']);
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

/** Where nothing is generated, what redraws first says the settings of the run. */
function readLead(graph: Graph, step: Step | undefined): SamplerSettings | undefined {
  const isGuided = (input: string) => step !== undefined && linkOf(graph, step.node, input) !== undefined;
  return step !== undefined && ['model', 'positive'].every(isGuided)
    ? readSampler(graph, step.node)
    : undefined;
}

function readStrength({ denoise, denoisePath }: SamplerSettings, isImage: boolean): readonly Reading[] {
  if (isImage) return readField(['img2img', 'denoising_strength'], denoise, denoisePath);
  if (denoise === 1) return [];
  return [remark(denoisePath, 'dropped', 'is lost: an empty latent is drawn as a whole')];
}

function readBase(graph: Graph, sampler: SamplerSettings): Base {
  const model = followModel(graph, sampler.guide);
  const positive = followPrompt(graph, sampler.guide, sampler.positive);
  const negative =
    sampler.negative === undefined ? undefined : followPrompt(graph, sampler.guide, sampler.negative);
  const clip = positive.encoder === undefined ? undefined : followClip(graph, positive.encoder);
  const lorasPath = model.visited.slice(0, 1);
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
      ...model.remarks,
      ...positive.remarks,
      ...remarkOnTags(positive),
      ...(negative?.remarks ?? []),
    ],
  };
}

/** Only nodes of their own load the LoRAs that a prompt names; what a WebUI is sent is loaded. */
function remarkOnTags({ text, encoder, path }: FollowedPrompt): readonly Reading[] {
  const isInert = encoder !== undefined && /^CLIPTextEncode/.test(encoder.class_type);
  if (!isInert || typeof text !== 'string' || readPrompt(text).loras.length === 0) return [];
  return [
    remark(
      path,
      'ambiguous',
      `has tags of LoRAs, which ${encoder.class_type} reads as words: a WebUI loads them`,
    ),
  ];
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
function remarkOnEarlyEnd(
  graph: Graph,
  { samplers, hires, again, enlargedBefore, enlargedAfter }: LineParts,
): readonly Reading[] {
  const passes = [samplers.at(-1), hires?.samplers.at(-1), again, (enlargedBefore ?? enlargedAfter)?.redraw];
  return passes.flatMap((step) => {
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
