import { isUnset } from '../normalise-value.ts';
import { type NoteReading, type Reading, remark } from '../reading.ts';
import type { ImageLine } from './follow-image.ts';
import { type Graph, type GraphNode, linkOf, valueNodes } from './graph.ts';
import type { TracedGraph } from './trace-inputs.ts';

/**
 * A note on everything that nothing was read out of. Whatever the saved picture comes from acts on it, so that an input
 * there that nobody asked for is a loss; what leads to no saved picture says nothing of it. Grows with the links.
 */
export function remarkOnUnread(
  original: Graph,
  { asked }: TracedGraph,
  line: ImageLine,
  readings: readonly Reading[],
): readonly Reading[] {
  const onLine = new Set(line.steps.map(({ node }) => node.id));
  const before = ancestors(original, onLine);
  const lost = new Set(
    readings.flatMap((reading) =>
      reading.kind === 'note' && reading.note.code === 'dropped' && reading.note.path.length === 1
        ? [String(reading.note.path[0])]
        : [],
    ),
  );
  return [...original.values()]
    .filter(({ id }) => id !== line.saver.id)
    .flatMap((node): readonly NoteReading[] => {
      if (!before.has(node.id))
        return [
          remark([node.id], 'ignored', `is left out: ${node.class_type} is not on the way to the picture`),
        ];
      const names = Object.keys(node.inputs);
      if (!onLine.has(node.id) && !lost.has(node.id) && !names.some((name) => asked(node, name)))
        return [remark([node.id], 'dropped', `is lost: no field takes what ${node.class_type} does`)];
      const unread = names.filter((name) => !asked(node, name) && acts(node, name));
      return unread.length === 0 || (lost.has(node.id) && !onLine.has(node.id)) ? [] : [lossOf(node, unread)];
    });
}

function lossOf({ id, class_type }: GraphNode, unread: readonly string[]): NoteReading {
  return remark(
    [id],
    'dropped',
    `is only kept in part: no field takes ${unread.join(', ')} of ${class_type}`,
  );
}

/** Every node that leads to one of these, with themselves. */
function ancestors(graph: Graph, ids: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Map([...graph].filter(([id]) => ids.has(id)));
  for (const node of found.values()) {
    for (const input of Object.keys(node.inputs)) {
      const link = linkOf(graph, node, input);
      if (link !== undefined) found.set(link.node.id, link.node);
    }
  }
  return new Set(found.keys());
}

/** Tells whether an input that was not read may change the picture. A link does it by the node that it leads to. */
function acts({ class_type, inputs }: GraphNode, name: string): boolean {
  const value = inputs[name];
  if (Array.isArray(value) || isUnset(value) || Object.hasOwn(valueNodes, class_type)) return false;
  return !idle.test(name) && idleValues[name]?.some((each) => each === value) !== true;
}

/** Inputs about files and memory, and those of FaceDetailer that the note on its masks covers. */
const idle =
  /^(filename_prefix|control_after_generate|upload|channel|device|preview_method|(tile|temporal)_(size|overlap)|overlap|guide_size(_for)?|max_size|drop_size|sam_.{1,40}|bbox_crop_factor|noise_mask(_feather)?|force_inpaint|tiled_(encode|decode)|PowerLoraLoaderHeaderWidget)$/;

/** Values that leave the picture as it is, or as the WebUI makes it. */
const idleValues: Readonly<Record<string, readonly unknown[]>> = {
  add_noise: ['enable', true],
  return_with_leftover_noise: ['enable', 'disable'],
  weight_dtype: ['default'],
  upscale_method: ['lanczos'],
  cycle: [1],
};
