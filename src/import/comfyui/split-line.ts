import type { ImageLine, Step } from './follow-image.ts';
import { stoppedAt } from './graph.ts';
import { stepLetters } from './nodes.ts';

/** The parts of a line that is one of the recognised shapes. */
export interface LineParts {
  /** An empty latent, or an image. */
  readonly first: Step;
  /** What is done to the image before it is encoded. */
  readonly sizing: readonly Step[];
  /** The sampler that starts, with the one that takes over from it within its steps. None: a picture is only changed. */
  readonly samplers: readonly Step[];
  /** What enlarges the picture and samples it again. */
  readonly redraw: readonly Step[];
  readonly enlargedBefore: readonly Step[];
  readonly details: readonly Step[];
  readonly enlargedAfter: readonly Step[];
  /** What makes the pixels of the saved picture out of its latent. None: a picture is only changed. */
  readonly decoder: Step | undefined;
}

/**
 * The recognised shapes, part by part: an empty latent or an image, one sampler or base and refiner, an enlarging with a
 * second sampler, an upscale, face detailers, and an upscale behind them.
 */
const shapes = {
  start: /e(?=s)|lr{0,4}c(?=s)|l(?=[mrf])/y,
  samplers: /s{1,2}/y,
  redraw: /gs|d[mr]{0,8}cs/y,
  decode: /d/y,
  enlargedBefore: /[mr]{1,8}/y,
  details: /f{1,4}/y,
  enlargedAfter: /[mr]{1,8}/y,
} as const;

/**
 * Splits a line into the parts that make a run.
 *
 * @throws {UnreadableGraphError} at the first node that no recognised shape has there.
 */
export function splitLine({ steps, saver }: ImageLine): LineParts {
  const letters = steps.map(({ kind }) => stepLetters[kind]).join('');
  let at = 0;
  const take = (pattern: RegExp): readonly Step[] => {
    pattern.lastIndex = at;
    const length = pattern.exec(letters)?.[0].length ?? 0;
    at += length;
    return steps.slice(at - length, at);
  };
  const [first, ...sizing] = take(shapes.start);
  const samples = first?.kind === 'empty' || sizing.length > 0;
  const samplers = samples ? take(shapes.samplers) : [];
  const redraw = samples ? take(shapes.redraw) : [];
  const isDecoded = !samples || take(shapes.decode).length > 0;
  const enlargedBefore = take(shapes.enlargedBefore);
  const details = take(shapes.details);
  const enlargedAfter = enlargedBefore.length === 0 ? take(shapes.enlargedAfter) : [];
  const rest = steps[at];
  if (rest !== undefined) throw stoppedAt(rest.node, 'it stands where no recognised shape has it');
  if (first === undefined || !isDecoded) throw stoppedAt(saver, 'what it saves was not decoded');
  const decoder = steps.findLast(({ kind }) => kind === 'decode');
  return { first, sizing, samplers, redraw, enlargedBefore, details, enlargedAfter, decoder };
}
