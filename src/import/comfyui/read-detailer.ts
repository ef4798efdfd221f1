import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr } from '../table/values.ts';
import { type FollowedModel, followModel, remarkOnLoras } from './follow-model.ts';
import { type FollowedPrompt, followPrompt } from './follow-prompt.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';
import type { SamplerSettings, Setting } from './read-sampler.ts';

/** The inputs of FaceDetailer that a detector of ADetailer has as well. */
export const detailerFields = [
  ['steps', 'steps'],
  ['cfg', 'cfg_scale'],
  ['sampler_name', 'sampler_name'],
  ['scheduler', 'scheduler'],
  ['denoise', 'denoising_strength'],
  ['bbox_threshold', 'confidence'],
  ['bbox_dilation', 'dilate_erode'],
  ['feather', 'mask_blur'],
] as const;

/** What the run says, which a detector does not repeat. */
export interface RunSettings {
  readonly settings: SamplerSettings['settings'] | undefined;
  readonly model: FollowedModel | undefined;
  readonly positive: FollowedPrompt | undefined;
  readonly negative: FollowedPrompt | undefined;
}

/** Reads a FaceDetailer into a detector. */
export function readDetailer(
  graph: Graph,
  node: GraphNode,
  index: number,
  { settings, model: ofRun, positive, negative }: RunSettings,
): readonly Reading[] {
  const provider = linkOf(graph, node, 'bbox_detector')?.node;
  if (provider === undefined) throw stoppedAt(node, 'its bbox_detector leads nowhere');
  const model = String(inputValue(graph, provider, 'model_name')).replace(/^.{0,60}[\\/]/, '');
  const prompts = [
    ['prompt', 'positive', positive],
    ['negative_prompt', 'negative', negative],
  ] as const;
  return [
    ...readField(['adetailer', index, 'model'], model, [provider.id, 'model_name']),
    ...detailerFields.flatMap(([input, field]) => {
      const value = inputValue(graph, node, input);
      return value === undefined || isOfRun(settings, field, value)
        ? []
        : readField(['adetailer', index, field], numberOr(value), [node.id, input]);
    }),
    ...remarkOnSeed(graph, node, settings),
    ...readWildcard(graph, node, ['adetailer', index, 'prompt']),
    ...prompts.flatMap(([field, input, ofRun]) =>
      readPrompt(graph, node, ['adetailer', index, field], input, ofRun),
    ),
    ...readCheckpoint(graph, node, ['adetailer', index, 'checkpoint'], ofRun),
    remark([node.id], 'dropped', 'is only kept in part: its guide size and its masks work in another way'),
  ];
}

/** A detector has the seed of the run. */
function remarkOnSeed(graph: Graph, node: GraphNode, settings: RunSettings['settings']): readonly Reading[] {
  const seed = inputValue(graph, node, 'seed');
  if (seed === undefined || isOfRun(settings, 'seed', seed)) return [];
  return [remark([node.id, 'seed'], 'dropped', 'is lost: a detector has the seed of the run')];
}

/** A sampling setting of the run. A detector has it without stating it. */
function isOfRun(settings: RunSettings['settings'], field: string, value: unknown): boolean {
  const ofRun = new Map<string, Setting | undefined>(Object.entries(settings ?? {})).get(field);
  return ofRun !== undefined && ofRun.value === value;
}

/** A text in `wildcard` takes the place of the prompt. */
function readWildcard(
  graph: Graph,
  node: GraphNode,
  field: readonly (string | number)[],
): readonly Reading[] {
  const text = inputValue(graph, node, 'wildcard');
  return text === undefined || text === '' ? [] : readField(field, text, [node.id, 'wildcard']);
}

function readCheckpoint(
  graph: Graph,
  node: GraphNode,
  field: readonly (string | number)[],
  ofRun: FollowedModel | undefined,
): readonly Reading[] {
  if (linkOf(graph, node, 'model') === undefined) return [];
  const model = followModel(graph, node);
  return [
    ...(model.name === ofRun?.name ? [] : readField(field, model.name, model.path)),
    ...remarkOnLoras(node, ofRun, model, 'the detector'),
    ...model.remarks,
  ];
}

function readPrompt(
  graph: Graph,
  node: GraphNode,
  field: readonly (string | number)[],
  input: string,
  ofRun: FollowedPrompt | undefined,
): readonly Reading[] {
  if (linkOf(graph, node, input) === undefined) return [];
  const { text, path, remarks } = followPrompt(graph, node, input);
  if (text === (ofRun?.text ?? '')) return remarks;
  if (text === '')
    return [remark(path, 'dropped', 'is lost: a detector without a prompt has that of the run'), ...remarks];
  return [...readField(field, text, path), ...remarks];
}
