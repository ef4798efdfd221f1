/** A number as a number, also one that is written as text; anything else as it is, for the RunConfig to refuse. */
export function numberOr(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return /^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})(e[+-]?\d{1,4})?$/i.test(text) ? Number(text) : value;
}

/** Two sides. */
export type Sides = readonly [width: number, height: number];

/** The sides of "512x768", "(512, 768)" and "512×768", or undefined. */
export function sidesOf(value: unknown): Sides | undefined {
  const sides =
    typeof value === 'string'
      ? /^\(?\s{0,4}(\d{1,9})\s{0,4}[x×,]\s{0,4}(\d{1,9})\s{0,4}\)?$/i.exec(value)
      : null;
  return sides === null ? undefined : [Number(sides[1]), Number(sides[2])];
}

/** A size that a picture is brought to: its sides in whole steps of 8. */
export function targetSize([width, height]: Sides): { readonly width: number; readonly height: number } {
  return { width: width - (width % 8), height: height - (height % 8) };
}
