import { numberOr } from '../table/values.ts';
import { type Graph, type GraphNode, inputValue, linkOf, stoppedAt } from './graph.ts';

/** A value of a node, and its path. */
export interface Setting {
  readonly value: unknown;
  readonly path: readonly string[];
}

/** What a sampler is set to, whichever of its inputs or nodes say it. */
export interface SamplerSettings {
  readonly node: GraphNode;
  /** The node whose inputs lead to the model and to the prompts. */
  readonly guide: GraphNode;
  readonly positive: string;
  /** undefined: there is no negative prompt, and no scale. */
  readonly negative: string | undefined;
  readonly settings: Readonly<
    Record<'steps' | 'cfg_scale' | 'sampler_name' | 'scheduler' | 'seed', Setting | undefined>
  >;
  /** How much is redrawn: 1 all. */
  readonly denoise: number;
  readonly denoisePath: readonly string[];
  /** The first step, and the one before which it ends, of how many. */
  readonly range: { readonly start: number; readonly end: number; readonly steps: number } | undefined;
}

/** Reads a sampler of any kind. */
export function readSampler(graph: Graph, node: GraphNode): SamplerSettings {
  if (node.class_type === 'SamplerCustomAdvanced')
    return readCustom(graph, node, linked(graph, node, 'guider'));
  if (node.class_type === 'SamplerCustom') return readCustom(graph, node, node);
  const at = settingOf(graph, node);
  const range = node.class_type === 'KSamplerAdvanced' ? rangeOf(graph, node) : undefined;
  return {
    node,
    guide: node,
    positive: 'positive',
    negative: 'negative',
    settings: {
      steps: at('steps'),
      cfg_scale: at('cfg'),
      sampler_name: at('sampler_name'),
      scheduler: at('scheduler'),
      seed: at('seed') ?? at('noise_seed'),
    },
    denoise: range === undefined ? numberIn(at('denoise'), 1) : shareOf(range),
    denoisePath: [node.id, range === undefined ? 'denoise' : 'start_at_step'],
    range,
  };
}

type At = (input: string) => Setting | undefined;

function settingOf(graph: Graph, node: GraphNode): At {
  return (input) => {
    const value = inputValue(graph, node, input);
    return value === undefined ? undefined : { value, path: [node.id, input] };
  };
}

function numberIn(setting: Setting | undefined, otherwise: number): number {
  const value = numberOr(setting?.value);
  return typeof value === 'number' ? value : otherwise;
}

function linked(graph: Graph, node: GraphNode, input: string): GraphNode {
  const link = linkOf(graph, node, input);
  if (link === undefined) throw stoppedAt(node, `its ${input} leads nowhere`);
  return link.node;
}

/** The samplers that are put together of nodes: noise, guider, sampler and sigmas. */
function readCustom(graph: Graph, node: GraphNode, guide: GraphNode): SamplerSettings {
  const sigmas = linked(graph, node, 'sigmas');
  const sampler = linked(graph, node, 'sampler');
  const noise = guide === node ? node : linked(graph, node, 'noise');
  const at = settingOf(graph, sigmas);
  if (at('steps') === undefined) throw stoppedAt(sigmas, 'it is not known how many steps it makes');
  const hasNegative = guide.inputs.negative !== undefined;
  return {
    node,
    guide,
    positive: hasNegative ? 'positive' : 'conditioning',
    negative: hasNegative ? 'negative' : undefined,
    settings: {
      steps: at('steps'),
      cfg_scale: hasNegative
        ? settingOf(graph, guide)('cfg')
        : { value: 1, path: [guide.id, 'conditioning'] },
      sampler_name: settingOf(graph, sampler)('sampler_name'),
      scheduler: at('scheduler') ?? namedSchedule(sigmas),
      seed: settingOf(graph, noise)('noise_seed'),
    },
    denoise: numberIn(at('denoise'), 1),
    denoisePath: [sigmas.id, 'denoise'],
    range: undefined,
  };
}

/** KarrasScheduler and its like are a schedule by their name. */
function namedSchedule({ id, class_type }: GraphNode): Setting | undefined {
  const [, value] =
    /^(Karras|Exponential|Polyexponential|Beta|AlignYourSteps)(?:Sampling)?Scheduler$/.exec(class_type) ?? [];
  return value === undefined ? undefined : { value: value.toLowerCase(), path: [id] };
}

function rangeOf(graph: Graph, node: GraphNode): NonNullable<SamplerSettings['range']> {
  const at = settingOf(graph, node);
  const steps = numberIn(at('steps'), 1);
  const start = numberIn(at('start_at_step'), 0);
  return { start, end: Math.min(steps, numberIn(at('end_at_step'), steps)), steps };
}

/** The WebUI's img2img at strength d runs int(d * steps) + 1 steps, so its first is steps - int(d * steps) - 1. */
function shareOf({ start, steps }: NonNullable<SamplerSettings['range']>): number {
  if (start === 0) return 1;
  return Math.round((Math.max(0, steps - start - 1) / steps) * 1e6) / 1e6;
}
