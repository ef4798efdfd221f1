import { sha256 } from '../hash.ts';
import { isPlainObject } from '../json.ts';
import { readPrompt } from '../prompt.ts';
import { remembering } from '../remembering.ts';
import { settingsThatCount } from './settings-that-count.ts';
import type { AnyStageExecution, AnyStageExecutionPlan } from './stage-execution-plan.ts';

/** Why nobody knows yet which images a stage gives: its seed is drawn later, its prompt expanded later, its image brought later. */
export type OpenWork = 'random_seed' | 'open_prompt' | 'unnamed_image';

/** What a stage of a plan does, and all that was done before it. */
export interface StageWork {
  readonly stage: AnyStageExecution;
  /** Equal where all of this is equal. */
  readonly key: string;
  /** Why the stage, or one before it, can share its work with nobody. null: it can. */
  readonly open: OpenWork | null;
  /** What counts of its settings, and the existing image that it takes. */
  readonly settings: Settings;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * The fingerprint of each stage's work, in the order of the stages: SHA-256 of what counts of its settings and of the work
 * before it. Two stages with one fingerprint give the same images, and it is enough to run one of them.
 *
 * Ids, metadata, the switches of the run and what is kept do not count, nor do settings that the stage ignores. null: nobody
 * knows yet what it will give, since a seed is -1, a prompt has wildcards or variants, or an image is not named, in the
 * stage or in one before it. Linear in the plan.
 */
export function workFingerprints(plan: AnyStageExecutionPlan): readonly (string | null)[] {
  return workReader()(plan).map(({ key, open }) => (open === null ? key : null));
}

/** Reads the work of the stages of one plan after the other. Plans of a sweep have most settings in common: it remembers hashes. */
export function workReader(): (plan: AnyStageExecutionPlan) => readonly StageWork[] {
  const read = remembering((settings: Settings) => ({ hash: sha256(settings), open: whyOpen(settings) }));
  const chain = remembering((link: readonly [before: string, hash: string]) => sha256(link));
  return (plan) => {
    const works: StageWork[] = [];
    for (const stage of plan.stages) {
      const before = works.at(-1);
      const settings = { ...imageOf(stage), ...settingsThatCount(stage, plan) };
      const { hash, open } = read(settings);
      works.push({ stage, key: chain([before?.key ?? '', hash]), open: before?.open ?? open, settings });
    }
    return works;
  };
}

/** A stage of which nobody knows yet which images it gives. */
export interface OpenStage {
  readonly stage_id: string;
  readonly reason: OpenWork;
}

/** The stages of a plan that are open by themselves, in their order. Linear in the plan. */
export function openStages(plan: AnyStageExecutionPlan): readonly OpenStage[] {
  return plan.stages.flatMap((stage): readonly OpenStage[] => {
    const reason = whyOpen({ ...imageOf(stage), ...settingsThatCount(stage, plan) });
    return reason === null ? [] : [{ stage_id: stage.id, reason }];
  });
}

/** The size of an existing image is stated, and sizes follow from it. */
function imageOf({ input, input_size }: AnyStageExecution): object {
  return input.source === 'external' ? { input_image: input.image, input_image_size: input_size } : {};
}

/** Looks at every depth: backend options have seeds and prompts too. */
function whyOpen(value: unknown): OpenWork | null {
  if (Array.isArray(value)) return firstOf(value.map(whyOpen));
  if (!isPlainObject(value)) return null;
  if (isRandom(value)) return 'random_seed';
  if (value.input_image === null || isUnnamed(value.mask)) return 'unnamed_image';
  return firstOf(
    Object.entries(value).map(([key, inner]) =>
      key.endsWith('prompt') && typeof inner === 'string' && readPrompt(inner).open
        ? 'open_prompt'
        : whyOpen(inner),
    ),
  );
}

/** A variation whose own seed is left out has a random one. */
function isRandom({ seed, subseed, subseed_strength = 0 }: Readonly<Record<string, unknown>>): boolean {
  const variation = subseed ?? (subseed_strength === 0 ? 0 : -1);
  return [seed, variation].some((each) => Number(each) === -1);
}

function isUnnamed(mask: unknown): boolean {
  return isPlainObject(mask) && mask.image === null;
}

function firstOf(reasons: readonly (OpenWork | null)[]): OpenWork | null {
  return reasons.find((reason) => reason !== null) ?? null;
}
