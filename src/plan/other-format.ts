import { quote } from '../path.ts';
import { formatVersion } from './format-version.ts';

/** Why the formats that once were do not convert. */
const reasons: ReadonlyMap<string, string> = new Map([
  [
    '1.0',
    'it does not say at which size each stage works, which one makes the batch, or in which pass a refiner works',
  ],
]);

/** Says of a plan of another format that it does not convert, why, and what to do. */
export function sayOtherFormat(found: string): string {
  const reason = reasons.get(found) ?? 'this version of stageplan does not know what its fields mean';
  return `A plan of the format ${quote(found)} does not convert to ${quote(formatVersion)}: ${reason}. Build it again from its RunConfig.`;
}
