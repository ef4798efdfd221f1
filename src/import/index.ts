export type { ComposedRun, ImportOptions } from './compose-run.ts';
export { attemptImport, type ImportAttempt, type ImportError } from './errors/import-error.ts';
export { type ImportProblem, InvalidImportError } from './errors/invalid-import-error.ts';
export { LossyImportError } from './errors/lossy-import-error.ts';
export { UnknownShapeError } from './errors/unknown-shape-error.ts';
export { UnreadableGraphError } from './errors/unreadable-graph-error.ts';
export { type UnreadableImageCode, UnreadableImageError } from './errors/unreadable-image-error.ts';
export { type UnreadableInputCode, UnreadableInputError } from './errors/unreadable-input-error.ts';
export type { ImageFormat } from './image/image-container.ts';
export { type ImageImport, importImage } from './image/import-image.ts';
export { maxImageSize } from './image/read-image-texts.ts';
export { type ImportedFile, type ImportedRun, importFile, type RunImport } from './import-file.ts';
export { importStableNew, type StableNewImport } from './import-stablenew.ts';
export { importStableNewRuns, type StableNewRun, type StableNewRuns } from './import-stablenew-runs.ts';
export { type FormattedInfotext, formatInfotext } from './infotext/format-infotext.ts';
export { maxInfotextLength } from './infotext/infotext-text.ts';
export { parseInfotext } from './infotext/parse-infotext.ts';
export {
  type ImportNote,
  isLossy,
  type LossyNoteCode,
  lossyNoteCodes,
  type NoteCode,
  type Path,
} from './note.ts';
export { maxTextLength, readJsonText } from './read-json-text.ts';
export type { Detection } from './readers/reader.ts';
export type { StableNewFamily } from './stablenew-family.ts';
export { type ReadWriter, readWriters } from './writers.ts';
