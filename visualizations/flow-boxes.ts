import { countOf } from '../src/plan/say-work.ts';
import { jobsOf, type StageFlow } from '../src/queue/stage-flow.ts';
import { stageIdOf } from '../src/queue/stage-job.ts';
import type { Box, Boxes } from './boxes.ts';

/** Makes the flow of a plan boxes and arrows: a box for each job, in the order of work. Pure. */
export function flowBoxes(flow: StageFlow): Boxes {
  const boxes = jobsOf(flow).map(boxOf);
  return {
    kind: 'flow',
    title: `a plan as ${countOf(boxes.length, 'job')}`,
    sentence: '',
    boxes,
    arrows: boxes.slice(1).map(({ id }, index) => ({ from: placeOf(index), to: id, label: 'image' })),
  };
}

function boxOf({ queueName, data, opts }: StageFlow, index: number): Box {
  const work =
    data.target === 'comfyui'
      ? data.stage_ids.join(', ')
      : data.requests.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(', ');
  return {
    id: placeOf(index),
    name: data.target === 'comfyui' ? data.target : stageIdOf(data),
    details: [work, queueName],
    about: opts.jobId,
  };
}

function placeOf(index: number): string {
  return `job_${index + 1}`;
}
