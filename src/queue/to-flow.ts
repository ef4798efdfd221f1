import { type ComfyOptions, toComfyPrompt } from '../compile/comfyui/to-comfy-prompt.ts';
import type { CompilablePlan } from '../compile/compilable-plan.ts';
import type { WebuiTargetName } from '../compile/webui/targets.ts';
import { toWebuiRequests, type WebuiOptions } from '../compile/webui/to-webui-requests.ts';
import { isPlainObject } from '../json.ts';
import { quote } from '../path.ts';
import { planFingerprint } from '../plan/fingerprint.ts';
import type { AnyStageExecution } from '../plan/stage-execution-plan.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { type OptionRules, takeOptions } from '../sequence/options.ts';
import { type TryOptions, takeTryOptions } from './job-options.ts';
import { assertSettled } from './open-plan-error.ts';
import { checkpointQueue, type QueueOf, queueByCheckpoint } from './queue-of.ts';
import { defaultPrefix, isName, nameRule, type StageFlow, type StageJobOptions } from './stage-flow.ts';
import { jobId, type StageJob } from './stage-job.ts';

/** What jobs are made for. */
export type QueueTarget = WebuiTargetName | 'comfyui';

export interface FlowOptions {
  readonly target: QueueTarget;
  /** The queue of each stage. Default: that of its checkpoint, see {@link checkpointQueue}. */
  readonly queueOf?: QueueOf | undefined;
  /** What every key in Redis begins with. Default: 'stageplan'. */
  readonly prefix?: string | undefined;
  /** How jobs are tried. */
  readonly tries?: TryOptions | undefined;
  /** How plans are compiled for a WebUI, see `toWebuiRequests`. */
  readonly webui?: Omit<WebuiOptions, 'target'> | undefined;
  /** How plans are compiled for ComfyUI, see `toComfyPrompt`. */
  readonly comfyui?: ComfyOptions | undefined;
}

const targets = ['a1111', 'reforge', 'forge', 'sdnext', 'comfyui'] as const satisfies readonly QueueTarget[];

/** The rules of the options of a flow, for functions that hand them on. */
export const flowRules = {
  target: {
    must: `one of ${targets.join(', ')}`,
    takes: (value: unknown) => targets.some((target) => target === value),
  },
  queueOf: {
    must: 'a function of a stage and its plan',
    takes: (value: unknown) => typeof value === 'function',
  },
  prefix: nameRule,
  tries: { must: 'an object', takes: isPlainObject },
  webui: {
    must: 'an object without target, which is an option beside it',
    takes: (value: unknown) => isPlainObject(value) && !Object.hasOwn(value, 'target'),
  },
  comfyui: { must: 'an object', takes: isPlainObject },
} satisfies OptionRules;

/**
 * Makes a plan a flow of BullMQ's: for a WebUI one job for each stage, the last one the root and each one's child the stage
 * whose image it takes; for ComfyUI one job, which holds the graph. A job holds its own stage and requests, and no image.
 *
 * Pure, and needs no BullMQ: what comes out is plain JSON. Linear in the plan and its requests.
 *
 * @throws {OpenPlanError} when a seed, a prompt or an image is open.
 * @throws {UncompilablePlanError} when the target cannot do what the plan says.
 * @throws {NoBoxError} when `queueOf` is made of inventories and no box has everything.
 * @throws {InvalidOptionsError} when an option is unknown or wrong, or `queueOf` gives no name that a queue can have.
 * @throws {NoPlanError} when it is handed anything but a plan.
 * @example
 * await new FlowProducer({ connection }).add(toFlow(plan, { target: 'forge' }));
 */
export function toFlow(plan: CompilablePlan, given: FlowOptions): StageFlow {
  const {
    target,
    queueOf,
    prefix = defaultPrefix,
    tries = {},
    webui = {},
    comfyui = {},
  } = takeFlowOptions(given);
  const fingerprint = planFingerprint(plan);
  assertSettled(plan);
  const queues = queuesOf(plan, queueOf ?? queueByCheckpoint(target), checkpointQueue(target, null));
  const kept = takeTryOptions(tries);
  const opts = (stageId: string): StageJobOptions => ({ jobId: jobId(fingerprint, stageId), ...kept });
  if (target === 'comfyui') {
    const { prompt } = toComfyPrompt(plan, comfyui);
    const stage_ids = plan.stages.map(({ id }) => id);
    const data = { plan: fingerprint, target, stage_ids, prompt };
    return {
      name: target,
      queueName: String(queues[0]),
      prefix,
      data,
      opts: opts(String(stage_ids[0])),
    };
  }
  const requests = toWebuiRequests(plan, { ...webui, target });
  const nodes = plan.stages.map((stage, index) => ({
    name: stage.stage_type,
    queueName: String(queues[index]),
    prefix,
    data: {
      plan: fingerprint,
      target,
      stage,
      requests: requests.filter(({ stage_id }) => stage_id === stage.id),
      // A stage is plain JSON, which its interface does not say.
    } as unknown as StageJob,
    opts: opts(stage.id),
  }));
  return nodes.reduce<StageFlow | null>((child, node) => behind(child, node), null) as StageFlow;
}

/** @throws {InvalidOptionsError} */
export function takeFlowOptions(given: FlowOptions): FlowOptions {
  const taken = takeOptions(given, flowRules);
  if (taken.target !== undefined) return taken;
  throw new InvalidOptionsError([{ option: 'target', message: `target must be ${flowRules.target.must}.` }]);
}

/** A stage behind another, which it fails with. */
function behind(child: StageFlow | null, node: StageFlow): StageFlow {
  if (child === null) return node;
  return { ...node, children: [{ ...child, opts: { ...child.opts, failParentOnFailure: true } }] };
}

/** The queue of each stage, in their order. */
function queuesOf(plan: CompilablePlan, queueOf: QueueOf, first: string): readonly string[] {
  const queues: string[] = [];
  for (const stage of plan.stages as readonly AnyStageExecution[]) {
    const queue = queueOf(stage, plan) ?? queues.at(-1) ?? first;
    if (!isName(queue)) {
      const message = `queueOf must give the name of a queue, 1 to 100 signs without a colon, but gave ${quote(queue)} for ${stage.id}.`;
      throw new InvalidOptionsError([{ option: 'queueOf', message }]);
    }
    queues.push(queue);
  }
  return queues;
}
