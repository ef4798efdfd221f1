import { type InfotextParameter, parameterValue } from './parameters.ts';

/** A version of A1111's WebUI. */
export type WebuiVersion = readonly [major: number, minor: number];

/** The version of the WebUI that a fork stands on: 1.10 for "f2.0.1v1.10.1-previous-530". undefined: it is not said. */
export function webuiVersion(parameters: readonly InfotextParameter[]): WebuiVersion | undefined {
  const version = parameterValue(parameters, 'version') ?? '';
  if (/^(classic|neo)/i.test(version)) return [1, 10];
  const numbers = [...version.matchAll(/(?:^v?|v)(\d{1,4})\.(\d{1,4})/g)].at(-1);
  return numbers === undefined ? undefined : [Number(numbers[1]), Number(numbers[2])];
}

/** Tells whether a version is at least another one. An unknown one is not. */
export function isAtLeast(version: WebuiVersion | undefined, [major, minor]: WebuiVersion): boolean {
  return version !== undefined && (version[0] > major || (version[0] === major && version[1] >= minor));
}
