/** The event that ends every plan. */
export const planFinished = 'plan.finished';

/** An event's stage or pass: `stage.upscale` is `{ stage: 'upscale', pass: null }`. */
export interface EventSubject {
  readonly stage: string | null;
  readonly pass: string | null;
}

/** Reads the stage or pass out of an event's name. */
export function subjectOf(event: string): EventSubject {
  const [kind, name = ''] = event.split(/\.(.*)/s);
  return { stage: kind === 'stage' ? name : null, pass: kind === 'pass' ? name : null };
}

/** The name of an event's stage or pass; the event itself where it has none. */
export function subjectName(event: string): string {
  const { stage, pass } = subjectOf(event);
  return stage ?? pass ?? event;
}

/** The event that begins a stage. */
export function stageEvent(stage: string): string {
  return `stage.${stage}`;
}

/** The event that takes a pass. */
export function passEvent(pass: string): string {
  return `pass.${pass}`;
}

/** The switch of a stage or pass X in a RunConfig: `X_enabled`. */
export function switchNamed<Name extends string>(stageOrPass: Name): `${Name}_enabled` {
  return `${stageOrPass}_enabled` as const;
}

/** The switch that asks for an event: `stage.X` and `pass.X` are wanted when `X_enabled` is true. */
export function switchOf(event: string): string {
  return switchNamed(subjectName(event));
}
