import { createMachine } from 'xstate';
import type { StageSequence } from '../../src/index.ts';

interface State {
  readonly stage: string | null;
  readonly pass?: string;
  /** The states that events lead to. */
  readonly on: Readonly<Record<string, string>>;
}

/**
 * A sequence of states side by side, as `checkSequence` likes them. It begins in `start`, with stages that take nothing,
 * and ends in `complete`.
 */
export function sequenceOf(id: string, states: Readonly<Record<string, State>>): StageSequence {
  const first = new Set(Object.values(states.start?.on ?? {}));
  const described = Object.entries(states).map(([name, { stage, pass = null, on }]) => [
    name,
    {
      description,
      meta: { stage_type: stage, pass, takes: first.has(name) ? 'nothing' : 'image', gives: 'image' },
      on: Object.fromEntries(Object.entries(on).map(([event, target]) => [event, { target }])),
    },
  ]);
  const meta = { stage_type: null, pass: null, takes: 'image', gives: 'image' };
  return createMachine({
    id,
    initial: 'start',
    states: { ...Object.fromEntries(described), complete: { description, meta, type: 'final' } },
  });
}

const description = 'A state of a machine for tests.';
const finish = { 'plan.finished': 'complete' };

/** `s1` to `sN`. */
export function stageNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `s${index + 1}`);
}

/** `a1`, `b1` to `aN`, `bN`. */
export function choiceNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => [`a${index + 1}`, `b${index + 1}`]).flat();
}

/** Stages one after the other, each of them optional. Its transitions grow with the square of the stages. */
export function optionalStages(count: number): StageSequence {
  const names = stageNames(count);
  const after = (index: number) =>
    Object.fromEntries(names.slice(index).map((name) => [`stage.${name}`, name]));
  const states = names.map(
    (stage, index) => [stage, { stage, on: { ...after(index + 1), ...finish } }] as const,
  );
  return sequenceOf('optionalStages', {
    start: { stage: null, on: after(0) },
    ...Object.fromEntries(states),
  });
}

/** Choices one after the other, each between two stages. It has as many ways as two to the power of the choices. */
export function choices(count: number): StageSequence {
  const choice = (index: number) =>
    index > count ? finish : { [`stage.a${index}`]: `a${index}`, [`stage.b${index}`]: `b${index}` };
  const states = choiceNames(count).map(
    (stage) => [stage, { stage, on: choice(Number(stage.slice(1)) + 1) }] as const,
  );
  return sequenceOf('choices', { start: { stage: null, on: choice(1) }, ...Object.fromEntries(states) });
}

/**
 * Optional stages, of which the first has a pass inside. Without the first the pass stands in the last but one, which it
 * opens, as hires fix stands in an upscale.
 */
export function withStandIn(count: number): StageSequence {
  const names = stageNames(count);
  const [first = '', ...others] = names;
  const host = names.at(-2) ?? '';
  const last = names.at(-1) ?? '';
  const after = (index: number) =>
    Object.fromEntries(others.slice(index).map((name) => [`stage.${name}`, name]));
  const redrawnAfter = (index: number) => ({
    ...Object.fromEntries(
      others.slice(index, -1).map((name) => [`stage.${name}`, `redrawn_${name}`] as const),
    ),
    'pass.p': 'redrawn_pass',
    [`stage.${last}`]: last,
  });
  const plain = others.map(
    (stage, index) => [stage, { stage, on: { ...after(index + 1), ...finish } }] as const,
  );
  const redrawn = others
    .slice(0, -2)
    .map(
      (stage, index) =>
        [`redrawn_${stage}`, { stage, on: { ...redrawnAfter(index + 1), ...finish } }] as const,
    );
  const ending = { [`stage.${last}`]: last, ...finish };
  return sequenceOf('withStandIn', {
    start: { stage: null, on: { [`stage.${first}`]: first, ...redrawnStart() } },
    [first]: { stage: first, on: { 'pass.p': 'inside', ...after(0), ...finish } },
    inside: { stage: first, pass: 'p', on: { ...after(0), ...finish } },
    ...Object.fromEntries(plain),
    ...Object.fromEntries(redrawn),
    [`redrawn_${host}`]: { stage: host, on: { 'pass.p': 'redrawn_pass', ...ending } },
    redrawn_pass: { stage: host, pass: 'p', on: ending },
  });

  function redrawnStart() {
    const { 'pass.p': _, ...stages } = redrawnAfter(0);
    return stages;
  }
}

/**
 * Choices that are made from the first to the last, or from the last to the first: with an even number of `b` in the one
 * order, and an odd number in the other. So each set has one order, but no way shows that before its end.
 */
export function evenOrOdd(count: number): StageSequence {
  const states: Record<string, State> = {};
  /** The choice that comes next when so many are made, and when what is left must have so many `b`, but for pairs. */
  const choose = (direction: 'up' | 'down', made: number, left: number): Record<string, string> => {
    const at = direction === 'up' ? made + 1 : count - made;
    const letters = ['a', 'b'].filter((letter) => made + 1 < count || (letter === 'b') === (left === 1));
    const moves = letters.map((letter): readonly [string, string] => {
      const still = letter === 'b' ? 1 - left : left;
      const name = `${direction}_${letter}${at}_${still}`;
      states[name] ??= {
        stage: `${letter}${at}`,
        on: made + 1 < count ? choose(direction, made + 1, still) : finish,
      };
      return [`stage.${letter}${at}`, name];
    });
    return Object.fromEntries(moves);
  };
  const start = { stage: null, on: { ...choose('up', 0, 0), ...choose('down', 0, 1) } };
  return sequenceOf('evenOrOdd', { start, ...states });
}
