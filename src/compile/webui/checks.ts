import type { Size } from '../../size.ts';

/** What to look for in an answer. */
export type WebuiCheck =
  /** So many images. */
  | { readonly code: 'images'; readonly count: number }
  /** Every image has this size. */
  | { readonly code: 'size'; readonly width: number; readonly height: number }
  /** `info.sd_model_name` or `info.sd_model_hash` is that of this checkpoint: an unknown one is dropped in silence. */
  | { readonly code: 'model'; readonly model: string }
  /** The checkpoint that `info.infotexts` shows, if any, is this: SD.Next says it nowhere else. */
  | { readonly code: 'shown_model'; readonly model: string }
  /** `info.sampler_name` is this: an unknown one is replaced in silence. */
  | { readonly code: 'sampler'; readonly sampler: string }
  /** `info.extra_generation_params` has one of these keys, with this value; null: whatever it is. */
  | { readonly code: 'parameter'; readonly keys: readonly string[]; readonly value: string | null }
  /** `info.extra_generation_params` has no such key. */
  | { readonly code: 'no_parameter'; readonly key: string };

/** The check of a checkpoint that was asked for, none where the loaded one is meant. */
export function modelCheck(model: string | null): readonly WebuiCheck[] {
  return model === null ? [] : [{ code: 'model', model }];
}

/** The checks of what SD.Next says of a generation. */
export function shownChecks(model: string | null, sampler: string): readonly WebuiCheck[] {
  return [...(model === null ? [] : [{ code: 'shown_model', model } as const]), { code: 'sampler', sampler }];
}

/** The check of a size that the plan knows. */
export function sizeCheck(size: Size | null): readonly WebuiCheck[] {
  return size === null ? [] : [{ code: 'size', width: size.width, height: size.height }];
}
