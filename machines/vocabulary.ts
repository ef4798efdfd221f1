/** The events of the sequences that are shipped: one for each stage and pass, and the end. */
export type SequenceEvent =
  | { readonly type: 'stage.txt2img' }
  | { readonly type: 'pass.refiner' }
  | { readonly type: 'pass.hires' }
  | { readonly type: 'stage.img2img' }
  | { readonly type: 'stage.upscale' }
  | { readonly type: 'stage.adetailer' }
  | { readonly type: 'plan.finished' };

/**
 * What passes from one state to the next: nothing yet, a latent inside a generation, a finished image, or whatever a
 * sequence of one's own hands on, a video say.
 */
export type Material = 'nothing' | 'latent' | 'image' | (string & {});

/** The X of every event `stage.X`. */
export type StageOf<Event extends string> = string extends Event
  ? string
  : Event extends `stage.${infer Stage}`
    ? Stage
    : never;

/** The X of every event `pass.X`. */
export type PassOf<Event extends string> = string extends Event
  ? string
  : Event extends `pass.${infer Pass}`
    ? Pass
    : never;

/** What every state of a sequence says of itself: its stage, its pass inside that stage, what it takes and gives. */
export interface StateMeta<Event extends string = string> {
  readonly stage_type: StageOf<Event> | null;
  readonly pass: PassOf<Event> | null;
  readonly takes: Material;
  readonly gives: Material;
}
