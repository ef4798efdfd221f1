import { isPlainObject, type JsonValue } from '../../json.ts';
import type { ComfyPrompt } from './comfy-prompt.ts';
import { type DeclaredInput, type DeclaredNode, declaredNode, type ObjectInfo } from './object-info.ts';
import { type Found, linkProblems, valueProblems } from './value-problems.ts';

/** The error types of ComfyUI. Source: `execution.py` of 0.3.64. */
type ServerType =
  | 'prompt_no_outputs'
  | 'invalid_prompt'
  | 'required_input_missing'
  | 'bad_linked_input'
  | 'return_type_mismatch'
  | 'invalid_input_type'
  | 'value_smaller_than_min'
  | 'value_bigger_than_max'
  | 'value_not_in_list'
  | 'custom_validation_failed'
  | 'exception_during_validation'
  | 'prompt_outputs_failed_validation';

/** What the server passes over in silence. */
type SilentType =
  | 'unknown_input'
  | 'unreached_node'
  | 'float_for_int'
  | 'coerced_value'
  | 'link_expected'
  | 'missing_model_file';

/** What is wrong with a graph, and where. */
export interface ComfyProblem {
  readonly type: ServerType | SilentType;
  /** null: the graph as a whole. */
  readonly node_id: string | null;
  readonly input: string | null;
  readonly found: JsonValue;
  /** What is possible there: names, or a bound. */
  readonly possible: readonly JsonValue[];
}

/**
 * Validates a graph by what a server says of its nodes, without the server. Pure; linear in the graph.
 *
 * The types are those of ComfyUI, and of our own for what it passes over: an input that is not known, a node that nothing
 * reads, a number of another kind, the file of an upscale model that is not installed. Every problem is listed.
 */
export function validateComfyPrompt(prompt: ComfyPrompt, info: ObjectInfo): readonly ComfyProblem[] {
  const declared = new Map(
    Object.entries(prompt).flatMap(([id, node]) => {
      const found = isPlainObject(node) ? declaredNode(info, String(node.class_type)) : undefined;
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
  const outputs = [...declared].filter(([, { isOutput }]) => isOutput).map(([id]) => id);
  const reached = reachedFrom(outputs, prompt);
  return [
    ...(outputs.length === 0 ? [problem('prompt_no_outputs', null, null, null)] : []),
    ...Object.keys(prompt).flatMap((id) => nodeProblems(id, prompt, declared)),
    ...(outputs.length === 0 ? [] : Object.keys(prompt).filter((id) => !reached.has(id))).map((id) =>
      problem('unreached_node', id, null, classOf(prompt, id)),
    ),
    ...cycles(prompt).map((id) => problem('prompt_outputs_failed_validation', id, null, 'a cycle')),
  ];
}

function nodeProblems(
  id: string,
  prompt: ComfyPrompt,
  declared: ReadonlyMap<string, DeclaredNode>,
): readonly ComfyProblem[] {
  const node = declared.get(id);
  if (node === undefined) return [problem('invalid_prompt', id, null, classOf(prompt, id))];
  const inputs = inputsOf(prompt, id);
  const missing = [...node.inputs].filter(([name, { required }]) => required && !Object.hasOwn(inputs, name));
  return [
    ...missing.map(([name, { type }]) => problem('required_input_missing', id, name, null, [type])),
    ...Object.entries(inputs).flatMap(([name, value]) => {
      const input = node.inputs.get(name);
      if (input === undefined) return [problem('unknown_input', id, name, value, [...node.inputs.keys()])];
      return problemsOf(value, input, declared).map(([type, possible]) =>
        problem(type, id, name, value, possible),
      );
    }),
  ];
}

/** Any list is taken for a link. A literal one is `{ "__value__": [...] }`. */
function problemsOf(
  value: JsonValue,
  input: DeclaredInput,
  declared: ReadonlyMap<string, DeclaredNode>,
): readonly Found[] {
  return Array.isArray(value) ? linkProblems(value, input, declared) : valueProblems(value, input);
}

/** The nodes that something is read from, the outputs among them. */
function reachedFrom(outputs: readonly string[], prompt: ComfyPrompt): ReadonlySet<string> {
  const reached = new Set(outputs);
  // A set that grows while it is walked is walked to its end.
  for (const id of reached) for (const source of sourcesOf(prompt, id)) reached.add(source);
  return reached;
}

/** One node of each cycle. */
function cycles(prompt: ComfyPrompt): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  for (const start of Object.keys(prompt)) {
    const way = [{ id: start, left: [...sourcesOf(prompt, start)] }];
    const open = new Set([start]);
    if (done.has(start)) continue;
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const next = last.left.pop();
      if (next === undefined) {
        done.add(last.id);
        open.delete(last.id);
        way.pop();
      } else if (open.has(next)) found.push(next);
      else if (!done.has(next)) {
        open.add(next);
        way.push({ id: next, left: [...sourcesOf(prompt, next)] });
      }
    }
  }
  return found;
}

function sourcesOf(prompt: ComfyPrompt, id: string): readonly string[] {
  return Object.values(inputsOf(prompt, id)).flatMap((value) =>
    Array.isArray(value) && typeof value[0] === 'string' && Object.hasOwn(prompt, value[0]) ? [value[0]] : [],
  );
}

function inputsOf(prompt: ComfyPrompt, id: string): Readonly<Record<string, JsonValue>> {
  const inputs = prompt[id]?.inputs;
  return isPlainObject(inputs) ? inputs : {};
}

function classOf(prompt: ComfyPrompt, id: string): JsonValue {
  return prompt[id]?.class_type ?? null;
}

function problem(
  type: ComfyProblem['type'],
  node_id: string | null,
  input: string | null,
  found: JsonValue,
  possible: readonly JsonValue[] = [],
): ComfyProblem {
  return { type, node_id, input, found, possible };
}
