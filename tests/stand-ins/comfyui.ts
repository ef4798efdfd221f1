import { type ComfyPrompt, validateComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { objectInfo } from '../compile/comfyui/object-info.ts';
import { png } from '../compile/webui/images.ts';
import { serve } from './serve.ts';

/** What a ComfyUI does without a word. */
export interface StandInComfyui {
  /** The nodes that it cannot run: they are left out, and the rest is queued with 200. */
  readonly invalid?: readonly string[];
  /** How a run ends. */
  readonly status?: string;
  /** Whether what is saved comes back. */
  readonly saves?: boolean;
}

/** What the server does not look at: a graph with only these is queued. */
const silent = new Set([
  'unknown_input',
  'unreached_node',
  'float_for_int',
  'coerced_value',
  'link_expected',
  'missing_model_file',
]);

/** A ComfyUI that validates as the server does, and makes pictures of a size and nothing else. */
export function standInComfyui({ invalid = [], status = 'success', saves = true }: StandInComfyui = {}) {
  const seen: ComfyPrompt[] = [];
  let asked = 0;
  const url = serve((address, bytes) => {
    const [path = ''] = address.split('?');
    if (path === '/object_info') return { body: objectInfo };
    if (path === '/queue') return { body: { queue_running: [], queue_pending: [] } };
    if (path === '/view') return { body: Buffer.from(png(8, 8), 'base64') };
    if (path === '/prompt') {
      const { prompt }: { prompt: ComfyPrompt } = JSON.parse(bytes.toString());
      seen.push(prompt);
      const loud = validateComfyPrompt(prompt, objectInfo).filter(({ type }) => !silent.has(type));
      if (loud.length > 0)
        return { status: 400, body: { error: { type: 'prompt_outputs_failed_validation' } } };
      return {
        body: { prompt_id: 'x', number: 1, node_errors: Object.fromEntries(invalid.map((id) => [id, {}])) },
      };
    }
    const entry = {
      prompt: [1, 'x', seen.at(-1)],
      status: { status_str: status },
      outputs: outputsOf(seen.at(-1)),
    };
    if (path === '/history') return { body: { x: entry } };
    asked += 1;
    // The history of a run is empty until it is over.
    return { body: asked < 2 ? {} : { x: entry } };
  });
  const outputsOf = (prompt: ComfyPrompt = {}) =>
    Object.fromEntries(
      Object.keys(prompt)
        .filter((id) => prompt[id]?.class_type === 'SaveImage')
        .map((id) => [
          id,
          { images: saves ? [{ filename: `${id}.png`, subfolder: '', type: 'output' }] : [] },
        ]),
    );
  return { url, seen };
}
