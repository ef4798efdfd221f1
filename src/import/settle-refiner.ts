import type { Draft } from './draft.ts';
import { remark } from './reading.ts';

/** A refiner works within the steps of txt2img. That of an img2img is left off, and noted: the run would have no plan. */
export function settleRefiner(draft: Draft): Draft {
  const { decided, readings } = draft;
  if (decided.txt2img_enabled === true || decided.refiner_enabled !== true) return draft;
  const notes = readings.flatMap((reading) =>
    reading.kind === 'field' && reading.field[0] === 'refiner_model_name'
      ? remark(reading.path, 'dropped', 'is left off: a run refines txt2img only, and this is an img2img')
      : [],
  );
  return { ...draft, decided: { ...decided, refiner_enabled: false }, readings: [...readings, ...notes] };
}
