import { isPlainObject, type JsonObject, type JsonValue } from '../../json.ts';
import { isOfType } from '../fields.ts';
import type { ComfyNode } from './comfy-prompt.ts';
import type { ComfyContext } from './context.ts';
import { freeInputs } from './tables/free-inputs.ts';

const place = 'backend_options.comfyui';

/** Sets the inputs that backend options name by the ids of a stage's own nodes: those that no plan decides. */
export function setBackendInputs(stageId: string, added: JsonObject, context: ComfyContext): void {
  for (const [id, inputs] of Object.entries(added)) {
    const node = id.startsWith(`${stageId}-`) ? context.graph.prompt[id] : undefined;
    if (node === undefined || !isPlainObject(inputs)) {
      context.refuse('unknown_option', `${place}.${id}`, inputs);
      continue;
    }
    const fitting = Object.entries(inputs as JsonObject).filter(([name, value]) =>
      isFree(node, name, value, `${place}.${id}.${name}`, context),
    );
    context.graph.add(
      id,
      node.class_type,
      { ...node.inputs, ...Object.fromEntries(fitting) },
      node._meta.title,
    );
  }
}

function isFree(
  { class_type, inputs }: ComfyNode,
  name: string,
  value: JsonValue,
  field: string,
  { refuse }: ComfyContext,
): boolean {
  const free = freeInputs[class_type] ?? {};
  const type = Object.hasOwn(free, name) ? free[name] : undefined;
  if (type !== undefined && isOfType(value, type)) return true;
  if (type !== undefined) refuse('wrong_option', field, value);
  else refuse(Object.hasOwn(inputs, name) ? 'planned_option' : 'unknown_option', field, value);
  return false;
}
