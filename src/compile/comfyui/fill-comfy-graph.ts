import type { JsonValue } from '../../json.ts';
import { type CompilablePlan, stagesOf } from '../compilable-plan.ts';
import { seededStage, seedOfImage } from '../image-seeds.ts';
import type { CompileRefusal, RefusalCode } from '../refusals.ts';
import { UncompilablePlanError } from '../uncompilable-plan-error.ts';
import type { ComfyNode, ComfyPrompt } from './comfy-prompt.ts';
import type { ObjectInfo } from './object-info.ts';
import { type PlannedSetting, plannedSettings } from './planned-settings.ts';
import { comfyText } from './prompt-text.ts';
import { samplingOf } from './sampling.ts';
import { type ComfyProblem, validateComfyPrompt } from './validate-comfy-prompt.ts';

/** A saved graph, and which setting of a plan goes where in it. */
export interface ComfyGraphBindings {
  /** The graph in ComfyUI's API format. It stays as it is. */
  readonly graph: ComfyPrompt;
  /** An input, `3.inputs.seed` by the node's id or its title, for each setting: `txt2img.seed`. One setting may have many. */
  readonly bindings: Readonly<Record<string, string | readonly string[]>>;
  /** The settings that the graph does not take. `txt2img.clip_skip`, or `txt2img.*` for all that are not bound. */
  readonly ignores?: readonly string[];
}

/** A graph that was filled in, and what is wrong with it by what the server says of its nodes. */
export interface FilledGraph {
  readonly prompt: ComfyPrompt;
  readonly problems: readonly ComfyProblem[];
}

/**
 * Fills the settings of a plan into a graph of one's own, then validates it by {@link validateComfyPrompt}.
 *
 * Pure; linear in the plan and the graph. Any family of models is reached that a graph can be saved for. A setting that is
 * neither bound nor ignored is refused by its name, since the graph would keep whatever it was saved with.
 *
 * @throws {UncompilablePlanError} when a setting has no place, or a binding no setting or no input.
 */
export function fillComfyGraph(
  plan: CompilablePlan,
  { graph, bindings, ignores = [] }: ComfyGraphBindings,
  info: ObjectInfo,
): FilledGraph {
  const refusals: CompileRefusal[] = [];
  const refuse = (code: RefusalCode, stage_id: string, field: string, value: JsonValue) =>
    refusals.push({ code, stage_id, field, value });
  const stages = stagesOf(plan);
  const settings = stages.flatMap((stage, index) =>
    plannedSettings(stage, seedOfImage(seededStage(stages, stage, index), 0)),
  );
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  const ignored = new Set(ignores);
  const prompt: Record<string, ComfyNode> = { ...graph };
  for (const setting of settings) {
    const { name, stage_id, value } = setting;
    const inputs = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    if (inputs === undefined) {
      if (!ignored.has(name) && !ignored.has(name.replace(/\..*/s, '.*')))
        refuse('unbound_setting', stage_id, name, value);
      continue;
    }
    const filled = comfyValue(setting, values, (code) => refuse(code, stage_id, name, value));
    for (const target of typeof inputs === 'string' ? [inputs] : inputs) {
      const place = placeOf(target, graph);
      const node = place === undefined ? undefined : prompt[place.id];
      if (place === undefined || node === undefined) refuse('no_such_input', stage_id, name, target);
      else prompt[place.id] = { ...node, inputs: { ...node.inputs, [place.input]: filled } };
    }
  }
  for (const name of Object.keys(bindings))
    if (!values.has(name)) refuse('no_such_setting', name.replace(/\..*/s, ''), name, null);
  if (refusals.length > 0) throw new UncompilablePlanError('comfyui', refusals);
  return { prompt, problems: validateComfyPrompt(prompt, info) };
}

/** The input that a binding means: its node by id, else by a title that one node has. */
function placeOf(target: string, graph: ComfyPrompt): { id: string; input: string } | undefined {
  const [, node = '', input = ''] = /^(.{1,400})\.inputs\.([^.]{1,200})$/s.exec(target) ?? [];
  const titled = Object.keys(graph).filter((id) => graph[id]?._meta?.title === node);
  const id = Object.hasOwn(graph, node) ? node : titled.length === 1 ? titled[0] : undefined;
  if (id === undefined || !Object.hasOwn(graph[id]?.inputs ?? {}, input)) return undefined;
  return { id, input };
}

/** A setting as ComfyUI writes it: names of samplers and schedulers are its own, and prompts hold no tags. */
function comfyValue(
  { name, key, value }: PlannedSetting,
  values: ReadonlyMap<string, JsonValue>,
  refuse: (code: RefusalCode) => void,
): JsonValue {
  if (key === 'seed' && value === -1) refuse('random_seed');
  if (/prompt$/.test(key)) {
    const { text, loras, tags } = comfyText(String(value));
    if (loras.length > 0) refuse('lora_tag');
    if (tags.length > 0) refuse('unread_tag');
    return text;
  }
  if (!/(sampler_name|scheduler)$/.test(key)) return value;
  // A detector may state one of the two, and has the other from its stage.
  const pass = name.replace(/(sampler_name|scheduler)$/, '');
  const stage = name.replace(/\..*/s, '.');
  const named = (field: string) => String(values.get(pass + field) ?? values.get(stage + field));
  const sampling = samplingOf(
    { sampler_name: named('sampler_name'), scheduler: named('scheduler') },
    { refuse: (code, field) => key.endsWith(field) && refuse(code), warn: () => {} },
  );
  return key.endsWith('sampler_name') ? sampling.sampler_name : sampling.scheduler;
}
