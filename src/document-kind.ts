import { isPlainObject } from './json.ts';

/** What a document is, as far as its keys tell without a look at its values. */
export type DocumentKind =
  | 'plan'
  | 'run_config'
  | 'preset'
  | 'graph'
  | 'drawing'
  | 'explanation'
  | 'answer'
  | 'import'
  | 'unknown';

/** Objects that only other programs write: StableNew's sections, and those of a WebUI's request. */
const foreignSections = ['pipeline', 'txt2img', 'config_snapshot', 'alwayson_scripts', 'override_settings'];

/** Fields of a WebUI's request. In a run with switches one of them is a field by another name. */
const requestKeys = ['enable_hr', 'hr_scale', 'sampler_index'];

/**
 * Tells plans, RunConfigs, what the library answers, and what other programs write apart, so that one in another's place
 * is called by its name.
 */
export function documentKind(value: unknown): DocumentKind {
  if (!isPlainObject(value)) return 'unknown';
  if ('format_version' in value && 'stages' in value && 'events' in value) return 'plan';
  if ('legal' in value && 'rejections' in value && 'decisions' in value) return 'explanation';
  if (documentKind(value.plan) === 'plan') return 'answer';
  if (isPlainObject(value.config) && Array.isArray(value.notes)) return 'import';
  if (Array.isArray(value.nodes) && Array.isArray(value.links)) return 'drawing';
  if ([value, value.prompt].some(isGraph)) return 'graph';
  if (foreignSections.some((key) => isPlainObject(value[key]))) return 'preset';
  if (Object.keys(value).some((key) => key.endsWith('_enabled'))) return 'run_config';
  return requestKeys.some((key) => Object.hasOwn(value, key)) ? 'preset' : 'unknown';
}

/** A graph of ComfyUI's API: nodes by their ids, and nothing else. */
function isGraph(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const nodes = Object.values(value);
  return (
    nodes.length > 0 && nodes.every((node) => isPlainObject(node) && 'class_type' in node && 'inputs' in node)
  );
}

/** What to do with a document that was handed to the wrong place, or undefined where its keys do not tell what it is. */
export function sayOtherDocument(value: unknown, wanted: 'plan' | 'run_config'): string | undefined {
  const kind = documentKind(value);
  if (kind === wanted || kind === 'unknown') return undefined;
  return advice[kind];
}

const advice = {
  plan: 'It is a plan, not a RunConfig: check it with verifyStagePlan (stageplan verify), or draw it (stageplan draw).',
  run_config: 'It is a RunConfig, not a plan: build its plan with buildStagePlan (stageplan build).',
  preset:
    'It is a preset or request of another program: turn it into a RunConfig with importFile (stageplan import, or stageplan build --import).',
  graph:
    'It is a graph of ComfyUI: turn it into a RunConfig with importFile (stageplan import, or stageplan build --import).',
  drawing:
    "It is a drawing of ComfyUI's editor, which no program runs: export it in the API format, and import that with importFile (stageplan import).",
  explanation:
    'It is the explanation of a run by explainStagePlan: hand over the RunConfig itself, or the plan that buildStagePlan makes of it.',
  import:
    'It is what an import gave: hand over its field config, or the file that it was read from (stageplan build --import).',
  answer: 'It is an answer that has a plan in it: hand over its field plan.',
} as const;
