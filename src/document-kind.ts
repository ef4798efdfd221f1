import { isPlainObject } from './json.ts';

/** What a document is, as far as its keys tell without a look at its values. */
export type DocumentKind = 'plan' | 'run_config' | 'preset' | 'unknown';

/** Objects that only other programs write: StableNew's sections, and those of a WebUI's request. */
const foreignSections = ['pipeline', 'txt2img', 'config_snapshot', 'alwayson_scripts', 'override_settings'];

/** Fields of a WebUI's request. In a run with switches one of them is a field by another name. */
const requestKeys = ['enable_hr', 'hr_scale', 'sampler_index'];

/** Tells a plan, a RunConfig and a preset of another program apart, so that one in another's place is called by its name. */
export function documentKind(value: unknown): DocumentKind {
  if (!isPlainObject(value)) return 'unknown';
  if ('format_version' in value && 'stages' in value && 'events' in value) return 'plan';
  if (foreignSections.some((key) => isPlainObject(value[key]))) return 'preset';
  if (Object.keys(value).some((key) => key.endsWith('_enabled'))) return 'run_config';
  return requestKeys.some((key) => Object.hasOwn(value, key)) ? 'preset' : 'unknown';
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
} as const;
