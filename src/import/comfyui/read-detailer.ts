import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr } from '../table/values.ts';
import { type FollowedModel, followModel, remarkOnLoras } from './follow-model.ts';
import { type FollowedPrompt, followPrompt } from './follow-prompt.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';

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

/** The prompts of the run, which a detector does not repeat. */
export interface RunPrompts {
  readonly model: FollowedModel | undefined;
  readonly positive: FollowedPrompt | undefined;
  readonly negative: FollowedPrompt | undefined;
}

/** Reads a FaceDetailer into a detector. */
export function readDetailer(
  graph: Graph,
  node: GraphNode,
  index: number,
  { model: ofRun, positive, negative }: RunPrompts,
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
      return value === undefined
        ? []
        : readField(['adetailer', index, field], numberOr(value), [node.id, input]);
    }),
    ...readWildcard(graph, node, ['adetailer', index, 'prompt']),
    ...prompts.flatMap(([field, input, ofRun]) =>
      readPrompt(graph, node, ['adetailer', index, field], input, ofRun),
    ),
    ...readCheckpoint(graph, node, ['adetailer', index, 'checkpoint'], ofRun),
    remark([node.id], 'dropped', 'is only kept in part: its guide size and its masks work in another way'),
  ];
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
  return text === ofRun?.text ? remarks : [...readField(field, text, path), ...remarks];
}
