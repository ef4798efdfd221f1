import type { StageExecution } from '../../plan/stage-execution-plan.ts';
import type { ImageFrom, WebuiDraft, WebuiRequest } from './webui-request.ts';

/** The requests of a stage for one image, each of which takes the image of the one before it. */
export function linkRequests(
  { id: stage_id, keeps_image }: StageExecution,
  drafts: readonly WebuiDraft[],
  first: ImageFrom | null,
  suffix: string,
): readonly WebuiRequest[] {
  let image_from = first;
  return drafts.map(({ path, body, checks, warnings = [], part }): WebuiRequest => {
    const id = `${stage_id}${part === undefined ? '' : `-${part}`}${suffix}`;
    const image_result = path === '/sdapi/v1/txt2img' || path === '/sdapi/v1/img2img' ? 'images' : 'image';
    const image_field = image_from === null ? null : image_result === 'images' ? 'init_images' : 'image';
    const linked = { id, stage_id, method: 'POST', path, body, image_from, image_field } as const;
    image_from = { source: 'request', id, image: 0 };
    return { ...linked, image_result, keeps_image, checks, warnings };
  });
}

/** Where a stage takes one of its images from. `before` has the ids of the requests that gave them. */
export function imageFrom(
  { input, order_index }: StageExecution,
  before: readonly string[],
  image: number,
): ImageFrom | null {
  if (input.source === 'none') return null;
  if (input.source === 'external') return { source: 'external', image: input.image };
  // The stage that starts a plan gives its batch in one answer; every later one has an answer for each image.
  const ofBatch = order_index === 1;
  return {
    source: 'request',
    id: before[ofBatch ? 0 : image] ?? input.stage_id,
    image: ofBatch ? image : 0,
  };
}

/** The checkpoint that requests leave loaded, or null where they name none. */
export function loadedBy(requests: readonly WebuiRequest[]): string | null {
  const models = requests.map(({ body }) => body.sd_model_checkpoint);
  return models.findLast((model) => typeof model === 'string') ?? null;
}
