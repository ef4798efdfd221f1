import { upscalerLabel } from '../../names/upscalers.ts';
import { readField } from '../read-keys.ts';
import { fileStem } from '../readers/loras.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr, type Sides, targetSize } from '../table/values.ts';
import type { Step } from './follow-image.ts';
import { type Graph, type GraphNode, inputValue, linkOf } from './graph.ts';

/** The fields that an enlarging fills: those of the upscale, or of the hires pass. */
export interface EnlargingFields {
  readonly factor: readonly string[];
  readonly upscaler: readonly string[];
  readonly size: readonly string[];
}

/** Reads what enlarges a picture whose size is known, or is not, as one factor and one upscaler. */
export function readEnlarging(
  graph: Graph,
  steps: readonly Step[],
  from: Sides | undefined,
  fields: EnlargingFields,
): readonly Reading[] {
  const { factor, size, doubt } = factorOf(graph, steps, from);
  const last = steps.findLast(({ kind }) => kind !== 'encode' && kind !== 'decode');
  if (last === undefined) return [];
  const path = [last.node.id, last.kind === 'enlarge' ? 'upscale_model' : 'upscale_method'];
  return [
    ...(factor === undefined ? [] : readField(fields.factor, factor, [last.node.id])),
    ...(size === undefined ? [] : readField(fields.size, size, [last.node.id])),
    ...(doubt === undefined ? [] : [remark([last.node.id], 'dropped', doubt)]),
    ...steps.flatMap(({ kind, node }) => readUpscaler(graph, kind, node, fields.upscaler, steps, path)),
  ];
}

interface Factor {
  readonly factor: number | undefined;
  /** The size itself, where its shape is another one or the size before is not known. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly doubt?: string;
}

/** A size that is stated is a factor of the size before; a factor is one; a model enlarges by the number in its name. */
function factorOf(graph: Graph, steps: readonly Step[], from: Sides | undefined): Factor {
  let known: Factor = { factor: 1 };
  for (const { kind, node } of steps) {
    if (kind === 'enlarge') known = times(known, scaleOfModel(modelOf(graph, node)), nameless);
    if (kind !== 'resize' && kind !== 'grow') continue;
    const [by, width, height] = ['scale_by', 'width', 'height'].map((input) =>
      numberOr(inputValue(graph, node, input)),
    );
    if (typeof width === 'number' && typeof height === 'number')
      known = toSize([width, height], from, inputValue(graph, node, 'crop') === 'disabled');
    else
      known = times(known, typeof by === 'number' ? by : undefined, 'is only kept in part: it says no size');
  }
  return known;
}

const stretched = 'is only kept in part: it stretches the picture to its size, and a run crops it';
const nameless = 'is only kept in part: the name of the model does not say how much it enlarges';

function times({ factor = 1, doubt }: Factor, scale: number | undefined, otherwise: string): Factor {
  if (scale === undefined) return { factor, doubt: otherwise };
  return { factor: factor * scale, ...(doubt !== undefined && { doubt }) };
}

/** A size is a factor of the one before where the shape stays, or else it is kept itself. 0 is as the other side. */
function toSize(to: Sides, from: Sides | undefined, isStretched: boolean): Factor {
  const size = targetSize(to);
  const isWhole = to[0] > 0 && to[1] > 0;
  if (from === undefined) {
    if (isWhole) return { factor: undefined, size };
    return { factor: undefined, doubt: 'is only kept in part: the size before it is not known' };
  }
  const factor = Math.round(Math.max(to[0] / from[0], to[1] / from[1]) * factorPrecision) / factorPrecision;
  if (!isWhole || to[0] * from[1] === to[1] * from[0]) return { factor };
  return { factor, size, ...(isStretched && { doubt: stretched }) };
}

const factorPrecision = 1_000_000;

/** "4x-UltraSharp", "RealESRGAN_x4plus": the number beside the x. */
function scaleOfModel(name: unknown): number | undefined {
  const [, before, after] = /(?:^|[^\d])([1-8])x|x([1-8])(?:[^\d]|$)/i.exec(String(name)) ?? [];
  return before === undefined && after === undefined ? undefined : Number(before ?? after);
}

function modelOf(graph: Graph, node: GraphNode): unknown {
  const loader = linkOf(graph, node, 'upscale_model')?.node;
  return loader === undefined ? undefined : inputValue(graph, loader, 'model_name');
}

/** The model counts; where there is none, the method of resizing does. */
function readUpscaler(
  graph: Graph,
  kind: Step['kind'],
  node: GraphNode,
  field: readonly string[],
  steps: readonly Step[],
  path: readonly string[],
): readonly Reading[] {
  if (kind === 'enlarge') {
    const name = modelOf(graph, node);
    const first = steps.find((step) => step.kind === 'enlarge')?.node;
    const model = [node.id, 'upscale_model'];
    if (first === undefined || first === node)
      return readField(field, upscalerLabel(fileStem(String(name))), model);
    return name === modelOf(graph, first)
      ? []
      : [remark(model, 'dropped', 'is lost: an upscale has one upscaler, the first')];
  }
  const isLast = node.id === path[0] && !steps.some((step) => step.kind === 'enlarge');
  const method = inputValue(graph, node, 'upscale_method');
  if (!isLast || method === undefined) return [];
  const name = kind === 'grow' ? `latent-${String(method)}` : String(method);
  return readField(field, upscalerLabel(name).replace(/^latent-/, 'Latent, '), path);
}
