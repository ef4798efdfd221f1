import * as z from 'zod';
import type { CompileNames } from './compile-answers.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { readJson } from './read-json.ts';

const Names = z.strictObject({
  upscalers: z
    .record(z.string(), z.strictObject({ file: z.string(), scale: z.number().positive() }))
    .default({}),
  detectors: z.record(z.string(), z.string()).default({}),
  loras: z.record(z.string(), z.string()).default({}),
});

/**
 * Reads the file of names that --names takes: what a backend calls detectors, upscalers and loras.
 *
 * @throws {InputError} when it holds anything else.
 */
export async function readNames(io: Io, file: string): Promise<CompileNames> {
  const { data, error } = Names.safeParse(await readJson(io, file));
  if (error !== undefined) throw new InputError(`It is not what --names reads: ${sayFaults(error)}.`);
  return data;
}

function sayFaults({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => (path.length === 0 ? message : `${message} at ${path.map(String).join('.')}`))
    .join('; ');
}
