import type { AdetailerExecution } from '../plan/stage-execution-plan.ts';
import type { RefusalCode } from './refusals.ts';

type Config = AdetailerExecution['stage_config'];
type Field = 'prompt' | 'negative_prompt';

/** What ADetailer alone reads: another prompt for the next find, and a find that is left as it is. */
const perFind = /\[(?:SEP|SKIP)\]/;

/**
 * The prompt of a detector for a backend that gives one to all finds: the run's where it is empty, and in the place of
 * "[PROMPT]". Source: `_get_prompt` of ADetailer.
 */
export function detectorPrompt(
  detector: Config['detectors'][number],
  config: Config,
  field: Field,
  refuse: (code: RefusalCode, field: Field, value: string) => void,
): string {
  const { [field]: own } = detector;
  if (perFind.test(own)) refuse('one_prompt', field, own);
  return own === '' ? config[field] : own.replaceAll('[PROMPT]', () => config[field]);
}
