import { type ComposedRun, composeRun, type ImportOptions } from '../compose-run.ts';
import type { Draft } from '../draft.ts';
import type { Detection } from '../readers/reader.ts';
import { type Reading, remark } from '../reading.ts';
import { settlePasses } from '../settle-passes.ts';
import { automatic1111 } from './dialects/automatic1111.ts';
import { dialects, markedDialects } from './dialects/index.ts';
import { findParameters, partInfotexts } from './find-parameters.ts';
import { linesOf, maxInfotextLength, splitInfotext } from './infotext-text.ts';
import { sharedKeys } from './webui-table.ts';

/**
 * Imports an infotext: the "parameters" that A1111's WebUI, its forks and its kin write into their images.
 *
 * Pure. `Denoising strength` belongs to hires or to img2img: where the text does not tell which, a note gives both
 * readings. The path of a note is the key.
 *
 * @throws {UnreadableInputError} when it is too long, or has no parameters.
 * @throws {InvalidImportError} when a value is out of range: nothing is clamped.
 * @throws {LossyImportError} when the import is strict and something would be lost.
 * @example
 * parseInfotext('a lighthouse\nSteps: 24, Sampler: Euler a, Size: 512x768, Hires upscale: 2, Denoising strength: 0.4')
 *   .config.hires_denoise; // 0.4
 */
export function parseInfotext(text: string, options: ImportOptions = {}): ComposedRun {
  const { draft, detection } = draftInfotext(text);
  const { readings, decided } = settlePasses(draft);
  return composeRun(readings, decided, options, detection.writer);
}

/** Who wrote an infotext, and what it says. */
export interface InfotextDraft {
  readonly detection: Detection;
  readonly draft: Draft;
}

/** Reads an infotext in the dialect of the program that wrote it. */
export function draftInfotext(text: string): InfotextDraft {
  const parts = splitInfotext(text, isKnown);
  const [marked] = markedDialects.flatMap(({ writer, detect, read }) => {
    const detection = detect(parts);
    return detection === undefined ? [] : [{ detection: { writer, ...detection }, read }];
  });
  const { detection, read } = marked ?? {
    detection: { writer: automatic1111.writer, ...automatic1111.detect(parts) },
    read: automatic1111.read,
  };
  const draft = read(parts);
  return { detection, draft: { ...draft, readings: [...draft.readings, ...doubt(text)] } };
}

/** A prompt may have another infotext pasted into it, and a text may hold two. */
function doubt(text: string): readonly Reading[] {
  const count = infotextsOf(text).length;
  if (count === 1) return [];
  const why = `holds the parameters of another run: either the text is of ${count} runs, or, as it is read here, all of it but the last parameters is prompt`;
  return [remark(['Prompt'], 'ambiguous', why)];
}

/** The infotexts that a text holds, one behind the other. A text without parameters is one. */
export function infotextsOf(text: string): readonly string[] {
  if (text.length > maxInfotextLength) return [text];
  return partInfotexts(linesOf(text), isKnown).map((lines) => lines.join('\n'));
}

/** Tells whether a text has parameters that are known. */
export function hasParameters(text: string): boolean {
  return text.length <= maxInfotextLength && findParameters(linesOf(text), isKnown) !== undefined;
}

function isKnown(key: string): boolean {
  return knownKeys.has(key.trim().toLowerCase());
}

const prompts = ['prompt', 'negative prompt'];

const knownKeys: ReadonlySet<string> = new Set(
  dialects
    .flatMap(({ table: { fields, told, bookkeeping } }) => [
      ...fields.flatMap(([, , keys]) => keys),
      ...told,
      ...bookkeeping,
      ...sharedKeys,
    ])
    .map((key) => key.toLowerCase())
    .filter((key) => !prompts.includes(key)),
);
