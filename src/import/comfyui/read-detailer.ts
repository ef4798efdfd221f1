import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr } from '../table/values.ts';
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
  readonly positive: FollowedPrompt | undefined;
  readonly negative: FollowedPrompt | undefined;
}

/** Reads a FaceDetailer into a detector. */
export function readDetailer(
  graph: Graph,
  node: GraphNode,
  index: number,
  { positive, negative }: RunPrompts,
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
    ...prompts.flatMap(([field, input, ofRun]) =>
      readPrompt(graph, node, ['adetailer', index, field], input, ofRun),
    ),
    remark([node.id], 'dropped', 'is only kept in part: its guide size and its masks work in another way'),
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
  const { text, path } = followPrompt(graph, node, input);
  return text === ofRun?.text ? [] : readField(field, text, path);
}
