import type { ImageLine, Step } from './follow-image.ts';
import { stoppedAt } from './graph.ts';
import { stepLetters } from './nodes.ts';

/** An enlarging of a finished picture, and what samples it again. */
export interface EnlargedPart {
  readonly enlarging: readonly Step[];
  /** None: it is only enlarged. */
  readonly redraw: Step | undefined;
}

/** An enlarging before the picture is finished, and the samplers that go on with it: one, or base and refiner. */
export interface HiresPart {
  readonly enlarging: readonly Step[];
  readonly samplers: readonly [Step, ...(readonly Step[])];
}

/** The parts of a line that is one of the recognised shapes. */
export interface LineParts {
  /** An empty latent, or an image. */
  readonly first: Step;
  /** What is done to the image before it is encoded. */
  readonly sizing: readonly Step[];
  /** The sampler that starts, with the one that takes over from it within its steps. None: a picture is only changed. */
  readonly samplers: readonly Step[];
  readonly hires: HiresPart | undefined;
  /** The sampler that redraws what was generated, at the same size. */
  readonly again: Step | undefined;
  readonly enlargedBefore: EnlargedPart | undefined;
  readonly details: readonly Step[];
  readonly enlargedAfter: EnlargedPart | undefined;
  /** What makes the pixels of the saved picture out of its latent. None: a picture is only changed. */
  readonly decoder: Step | undefined;
}

/**
 * The recognised shapes, part by part: an empty latent or an image, one sampler or base and refiner, an enlarging with a
 * second pass, an img2img, an upscale that may be redrawn, face detailers, and an upscale behind them.
 */
const shapes = {
  start: /e(?=s)|lr{0,4}cb?(?=s)|l(?=[mrf])/y,
  samplers: /s{1,2}/y,
  hires: /(?:g|d[mr]{1,8}c|dcg)s{1,2}/y,
  again: /dcs/y,
  decode: /d/y,
  enlarged: /[mr]{1,8}(?:csd)?|cgsd/y,
  details: /f{1,4}/y,
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
  const hires = samples ? hiresOf(take(shapes.hires)) : undefined;
  const again = samples ? take(shapes.again).at(-1) : undefined;
  const isDecoded = !samples || take(shapes.decode).length > 0;
  const enlargedBefore = enlargedOf(take(shapes.enlarged));
  const details = take(shapes.details);
  const enlargedAfter = enlargedBefore === undefined ? enlargedOf(take(shapes.enlarged)) : undefined;
  const rest = steps[at];
  if (rest !== undefined) throw stoppedAt(rest.node, 'it stands where no recognised shape has it');
  if (first === undefined || !isDecoded) throw stoppedAt(saver, 'what it saves was not decoded');
  const decoder = steps.findLast(({ kind }) => kind === 'decode');
  return { first, sizing, samplers, hires, again, enlargedBefore, details, enlargedAfter, decoder };
}

function hiresOf(steps: readonly Step[]): HiresPart | undefined {
  const isSampler = ({ kind }: Step) => kind === 'sample';
  const [first, ...others] = steps.filter(isSampler);
  if (first === undefined) return undefined;
  return { enlarging: steps.filter((step) => !isSampler(step)), samplers: [first, ...others] };
}

function enlargedOf(steps: readonly Step[]): EnlargedPart | undefined {
  if (steps.length === 0) return undefined;
  const redraw = steps.find(({ kind }) => kind === 'sample');
  return { enlarging: steps.filter(({ kind }) => ['enlarge', 'resize', 'grow'].includes(kind)), redraw };
}
