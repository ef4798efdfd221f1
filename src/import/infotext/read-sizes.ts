import { isUnset } from '../normalise-value.ts';
import { show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { numberOr, type Sides, sidesOf, targetSize } from '../table/values.ts';
import type { InfotextParameter } from './parameters.ts';

/** The sizes of an infotext: those of the first pass, and what the enlarging goes to, as a factor. */
export interface Sizes {
  readonly readings: readonly Reading[];
  /** Tells whether any key says that the picture is enlarged. */
  readonly enlarges: boolean;
}

/**
 * Reads all keys of sizes together. A size to go to counts before a factor, and `First pass size` before `Size`, which
 * is then the size to go to.
 *
 * Source: `restore_old_hires_fix_params` and `calculate_target_resolution` of the WebUI.
 */
export function readSizes(parameters: readonly InfotextParameter[], factorField: readonly string[]): Sizes {
  const of = (key: string) => parameters.find((parameter) => parameter.key.toLowerCase() === key);
  const size = of('size');
  const first = of('first pass size');
  const sides = size === undefined || saysNothing(size.value) ? undefined : sidesOf(size.value);
  const base = firstPass(first, sides) ?? sides;
  const asked = ['hires resize', 'hires fixed', 'hires size'].flatMap((key) => of(key) ?? []);
  const factors = ['hires upscale', 'hires scale'].flatMap((key) => of(key) ?? []);
  const goal = [...asked, ...(first === undefined || size === undefined ? [] : [size])].find(({ value }) =>
    isGoal(value),
  );
  const isResult = goal?.key.toLowerCase() === 'hires size' && factors.length > 0;
  const target = goal === undefined || isResult ? undefined : goal;
  return {
    enlarges: target !== undefined || factors.length > 0,
    readings: [
      ...readSides(size, first, base),
      ...asked
        .filter((other) => other !== target)
        .map(({ key, value }) =>
          isGoal(value)
            ? remark([key], 'converted', 'is told here by the factor')
            : remark([key], 'not_set', `says nothing: ${value}`),
        ),
      ...(target === undefined ? [] : readTarget(target, base, factorField)),
      ...factors.flatMap(({ key, value }) =>
        target === undefined
          ? readField(factorField, numberOr(value), [key])
          : [remark([key], 'ignored', `is left out: ${target.key} counts before it`)],
      ),
    ],
  };
}

/** "0x0" and "undefinedxundefined": what writes them knows no size. */
function saysNothing(value: string): boolean {
  return value.split('x').every((side) => isUnset(side) || numberOr(side) === 0);
}

function isGoal(value: string): boolean {
  const sides = sidesOf(value);
  return sides === undefined || sides[0] > 0 || sides[1] > 0;
}

/** "0x0" lets the WebUI of 2022 choose: about 512 by 512 pixels in the shape of the size, in steps of 64. */
function firstPass(first: InfotextParameter | undefined, size: Sides | undefined): Sides | undefined {
  const sides = sidesOf(first?.value);
  if (sides === undefined || (sides[0] > 0 && sides[1] > 0)) return sides;
  if (size === undefined) return undefined;
  const scale = Math.sqrt((512 * 512) / (size[0] * size[1]));
  return [Math.ceil((scale * size[0]) / 64) * 64, Math.ceil((scale * size[1]) / 64) * 64];
}

function readSides(
  size: InfotextParameter | undefined,
  first: InfotextParameter | undefined,
  base: Sides | undefined,
): readonly Reading[] {
  const stated = first ?? size;
  if (stated === undefined) return [];
  if (base === undefined && saysNothing(stated.value))
    return [remark([stated.key], 'not_set', `says nothing: ${stated.value}`)];
  if (base === undefined) return readField(['width'], stated.value, [stated.key]);
  return [...readField(['width'], base[0], [stated.key]), ...readField(['height'], base[1], [stated.key])];
}

/** A size to go to as a factor where both sides grow alike, else as that size, and as the factor that covers it. */
function readTarget(
  { key, value }: InfotextParameter,
  base: Sides | undefined,
  factorField: readonly string[],
): readonly Reading[] {
  const to = sidesOf(value);
  if (base === undefined || to === undefined) {
    return [remark([key], 'dropped', `is lost: ${show(value)} is no size next to a Size`)];
  }
  const [across, down] = [to[0] / base[0], to[1] / base[1]];
  const isExact = to[0] * base[1] === to[1] * base[0] || across === 0 || down === 0;
  const factor = Math.round(Math.max(across, down) * factorPrecision) / factorPrecision;
  const floored = targetSize(to);
  const sizeField = factorField[0] === 'upscale' ? ['upscale', 'resize_to'] : ['hires_resize_to'];
  return [
    ...readField(factorField, isExact ? Math.max(across, down) : factor, [key]),
    ...(isExact
      ? []
      : [
          ...readField(sizeField, floored, [key]),
          remark([key], 'converted', `is ${floored.width} x ${floored.height} here: covered, then cropped`),
        ]),
  ];
}

const factorPrecision = 10_000;
