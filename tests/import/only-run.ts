import { type ImportedRun, importFile, isLossy } from '../../src/import/index.ts';
import { buildStagePlan } from '../../src/index.ts';

/** The one run of a text, of JSON or of an image, or the error that it is refused with. */
export function onlyRun(input: string | Uint8Array | object): ImportedRun {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const [first] = importFile(input instanceof Uint8Array ? input : new TextEncoder().encode(text)).runs;
  if (first?.success !== true) throw first?.error ?? new Error('no run');
  return first.run;
}

/** The stages of its plan. */
export function stagesOf({ config, sequence }: ImportedRun): string {
  return buildStagePlan(config, { sequence })
    .stages.map((stage) => stage.stage_type)
    .join('>');
}

/** The paths of what is lost or in doubt. */
export function lossy({ notes }: ImportedRun): readonly string[] {
  return notes.filter(isLossy).map(({ path }) => path.join('.'));
}

/** The paths of the notes of one code. */
export function noted({ notes }: ImportedRun, code: string): readonly string[] {
  return notes.filter((note) => note.code === code).map(({ path }) => path.join('.'));
}
