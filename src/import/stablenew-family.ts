import { isPlainObject } from '../json.ts';
import { innerRuns } from './read-run.ts';
import { stages } from './read-switches.ts';
import type { Section } from './stage-places.ts';

/**
 * The shapes that StableNew has written a run in: N nested sections, F flat keys, G flags only, H and R job records,
 * W wrappers.
 */
export type StableNewFamily = (typeof families)[number];

const families = [
  'N1',
  'N1b',
  'N2',
  'N3',
  'N4',
  'N5',
  'N6',
  'N7',
  'N8',
  'F1',
  'F2',
  'F3',
  'F4',
  'F5',
  'G',
  'H',
  'R',
  'R2',
  'W',
  'W2',
] as const;

/** Finds the family of a run by its marks, the most telling first. undefined: it is no run. */
export function stableNewFamily(run: Section): StableNewFamily | undefined {
  return wrapperOf(run) ?? recordOf(run) ?? nestedOf(run) ?? flatOf(run) ?? innerOf(run);
}

function wrapperOf(run: Section): StableNewFamily | undefined {
  if (isPlainObject(run.executor_config)) return 'W2';
  if (isPlainObject(run.config) && isPlainObject(run.pipeline_controls)) return 'W';
  return undefined;
}

function recordOf(run: Section): StableNewFamily | undefined {
  if (Array.isArray(run.stage_chain))
    return run.stage_chain.some(isPlainObject) || isPlainObject(run.config) ? 'R' : 'R2';
  const sections = ['upscale', 'adetailer', 'pipeline'].filter((key) => isPlainObject(run[key]));
  return Array.isArray(run.stages) && sections.length > 0 ? 'H' : undefined;
}

function nestedOf(run: Section): StableNewFamily | undefined {
  const has = (key: string) => isPlainObject(run[key]);
  if (!stages.some(has)) return undefined;
  if (
    ['txt2img_enabled', 'img2img_enabled', 'upscale_enabled', 'adetailer_enabled'].some((key) =>
      Object.hasOwn(run, key),
    )
  )
    return 'N5';
  if (has('hires_fix')) return 'N3';
  if (Object.hasOwn(run, 'img2img_steps')) return 'N6';
  if (!has('txt2img')) return 'N8';
  if (!has('img2img') && !has('upscale') && !has('adetailer')) return 'N7';
  if (!has('pipeline')) return 'N1';
  if (!has('adetailer')) return 'N1b';
  return has('api') || has('aesthetic') || has('randomization') ? 'N2' : 'N4';
}

function flatOf(run: Section): StableNewFamily | undefined {
  const has = (key: string) => Object.hasOwn(run, key);
  if (has('hires_fix') && has('metadata')) return 'F1';
  if (Array.isArray(run.stages)) return 'F5';
  if (has('hires_upscaler_name') || has('hires_use_base_model')) return 'F2';
  if (has('base_model') && (has('use_refiner') || has('enable_hr'))) return 'F4';
  const settings = [
    'model',
    'base_model',
    'prompt',
    'positive_prompt',
    'sampler',
    'sampler_name',
    'cfg_scale',
  ];
  if (has('steps') && settings.some(has)) return 'F3';
  return has('txt2img_enabled') ? 'G' : undefined;
}

function innerOf(run: Section): StableNewFamily | undefined {
  const inner = innerRuns.map((key) => run[key]).filter(isPlainObject);
  return inner.map(stableNewFamily).find((family) => family !== undefined);
}
