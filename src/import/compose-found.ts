import { type ComposedRun, composeRun, type ImportOptions } from './compose-run.ts';
import { remarkOnOthers } from './readers/other-texts.ts';
import { type Detection, type Found, pathOf, type Source } from './readers/reader.ts';
import { remarkOnRepeated } from './repeated-keys.ts';
import { settlePasses } from './settle-passes.ts';

/** Makes a RunConfig of what a reader found, with a note on every text that it did not read. */
export function composeFound(found: Found, source: Source, options: ImportOptions): ComposedRun & Detection {
  const { readings, decided, sequence } = settlePasses(found.read());
  const others = remarkOnOthers(source, found);
  const repeats = found.taken.flatMap((text) => remarkOnRepeated(text.repeated, pathOf(text)));
  return {
    ...found.detection,
    ...composeRun([...repeats, ...readings, ...others], decided, options, found.detection.writer, sequence),
  };
}
