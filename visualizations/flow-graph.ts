import { countOf } from '../src/plan/say-work.ts';
import { jobsOf, type StageFlow } from '../src/queue/stage-flow.ts';
import { stageIdOf } from '../src/queue/stage-job.ts';
import type { GraphEdge, GraphState, SequenceGraph } from './graph.ts';

/** Makes the flow of a plan a graph, so that it is drawn as sequences are: a box for each job, in the order of work. Pure. */
export function flowGraph(flow: StageFlow): SequenceGraph {
  const jobs = jobsOf(flow);
  return {
    id: `a plan as ${countOf(jobs.length, 'job')}`,
    kind: 'flow',
    initial: null,
    states: jobs.map(stateOf),
    edges: jobs.slice(1).map(edgeTo),
  };
}

function stateOf({ queueName, data, opts }: StageFlow, index: number): GraphState {
  const work =
    data.target === 'comfyui'
      ? data.stage_ids.join(', ')
      : data.requests.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(', ');
  return {
    id: placeOf(index),
    name: data.target === 'comfyui' ? data.target : stageIdOf(data),
    details: [`\u00a0${work}\u00a0`, `\u00a0queue ${queueName}\u00a0`],
    kind: 'atomic',
    description: opts.jobId,
    initial: null,
    states: [],
  };
}

function edgeTo(_job: StageFlow, index: number): GraphEdge {
  const [source, target] = [placeOf(index), placeOf(index + 1)];
  return { id: `edge-${target}`, source, event: 'image', guard: null, target };
}

function placeOf(index: number): string {
  return `job_${index + 1}`;
}
