import * as z from 'zod';
import type { JsonObject } from '../../src/index.ts';
import { JsonObject as Json } from '../../src/json.ts';

const files = z
  .record(z.string(), Json)
  .parse(import.meta.glob('../../examples/*.json', { eager: true, import: 'default' }));

/** The RunConfigs that the library ships as examples, by file name. */
export const samples: ReadonlyMap<string, JsonObject> = new Map(
  Object.entries(files).map(([path, { $schema: _address, ...config }]) => [nameOf(path), config]),
);

/** What the page opens with. */
export const firstSample: JsonObject = samples.get('full-chain') ?? {};

function nameOf(path: string): string {
  return path.replace(/^.*\/|\.json$/g, '');
}
