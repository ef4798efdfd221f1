import { InvalidArgumentError, Option } from 'commander';

/** The highest port there is. */
export const highestPort = 65_535;

/** An option whose value is a whole number from 0 to `most`. */
export function wholeNumber(flags: string, description: string, most: number): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  });
}
