import { JsonObject } from '../../src/json.ts';

/** A RunConfig larger than this is not read: the page would only grow slow. */
const largestConfig = 262_144;

export type ReadConfig =
  | { readonly success: true; readonly config: JsonObject }
  | { readonly success: false; readonly message: string };

/** Reads a RunConfig from text. Its fields are judged later, by the library; here it only has to be an object. */
export function readConfig(text: string): ReadConfig {
  if (text.length > largestConfig)
    return refuse(`This is longer than ${largestConfig / 1024} KiB, so it was not read.`);
  try {
    const parsed = JsonObject.safeParse(JSON.parse(text));
    if (parsed.success) return { success: true, config: parsed.data };
    return refuse(`A RunConfig ${parsed.error.issues[0]?.message ?? 'is an object'}.`);
  } catch (error) {
    return refuse(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(message: string): ReadConfig {
  return { success: false, message };
}
