import { UnreadableInputError } from '../errors/unreadable-input-error.ts';
import { findParameters, isRule, negativeLabel } from './find-parameters.ts';
import { type InfotextParameter, readParameters, unquote } from './parameters.ts';

/** A piece of text that is neither prompt nor parameter, under the label that it begins with. */
export interface InfotextPiece {
  readonly label: string;
  readonly text: string;
}

/** The three parts of an infotext, and what else stands between and behind them. */
export interface InfotextParts {
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly parameters: readonly InfotextParameter[];
  readonly pieces: readonly InfotextPiece[];
}

/** The longest infotext that is read, in characters. */
export const maxInfotextLength = 1024 * 1024;

/**
 * Splits an infotext: the prompt, the negative prompt, and the parameters, which are found by the keys that are known.
 *
 * @throws {UnreadableInputError} when it is too long, or has no parameters.
 */
export function splitInfotext(text: string, isKnown: (key: string) => boolean): InfotextParts {
  checkLength(text);
  const lines = linesOf(text.replace(/^\uFEFF|\0{1,8}$/g, '').trim());
  const found = findParameters(lines, isKnown);
  if (found === undefined) {
    const message =
      'The infotext has no parameters that are known. Give the text that begins with the prompt and ends with "Steps: ...".';
    throw new UnreadableInputError('no_parameters', message);
  }
  const templates = found.before.findIndex((line) => /^(Negative )?Template: /i.test(line));
  const said = templates <= 0 ? found.before : found.before.slice(0, templates);
  const first = said.findIndex((line) => !isRule(line));
  return {
    ...splitPrompts(said.slice(Math.max(first, 0))),
    parameters: readParameters(found.text),
    pieces: [...piecesOf(found.before.slice(said.length)), ...piecesOf(found.after)],
  };
}

/** @throws {UnreadableInputError} when an infotext is longer than what is read. */
export function checkLength(text: string): void {
  if (text.length <= maxInfotextLength) return;
  const message = `The infotext has ${text.length} characters, and at most ${maxInfotextLength} are read.`;
  throw new UnreadableInputError('too_large', message);
}

/** What stands for a line break where there is none: a carriage return alone, and how JSON and HTML write one. */
const lostBreaks = [/\r/, /(?:\\r)?\\n/, /<br ?\/?>/];

/**
 * The lines of a text, which may stand in quotes. A lost line break ends a line where nothing else does, and the parameters
 * begin behind one: a value may hold one.
 */
export function linesOf(stated: string): readonly string[] {
  const text = unquote(stated);
  const isLost = ({ source }: RegExp) => new RegExp(`(?:${source})\\s{0,8}Steps: ?\\d`).test(text);
  return text.split((text.includes('\n') ? undefined : lostBreaks.find(isLost)) ?? /\r?\n/);
}

type Prompts = Pick<InfotextParts, 'prompt' | 'negative_prompt'>;

/** The label stands at the beginning of a line, or, where line breaks were lost on the way, within one. */
function splitPrompts(lines: readonly string[]): Prompts {
  const at = lines.findIndex(isLabelled);
  if (at < 0) return cutAtLabel(lines.join('\n'));
  return {
    prompt: lines.slice(0, at).join('\n'),
    negative_prompt: lines.slice(at).map(withoutLabel).join('\n'),
  };
}

/** Other programs write "Negative Prompt:". */
function isLabelled(line: string): boolean {
  return /^\s{0,8}negative\sprompt:/i.test(line);
}

/** The WebUI takes its label off any line that begins with it. */
function withoutLabel(line: string): string {
  return isLabelled(line) ? line.slice(line.indexOf(':') + 1).trimStart() : line;
}

function cutAtLabel(text: string): Prompts {
  const at = text.indexOf(negativeLabel);
  if (at < 0) return { prompt: text, negative_prompt: '' };
  return {
    prompt: text.slice(0, at).replace(/,?\s{1,8}$/, ''),
    negative_prompt: text.slice(at + negativeLabel.length).trim(),
  };
}

const unlabelled = '(behind the parameters)';

/** Splits lines at their labels. A line without one belongs to the piece before it. */
function piecesOf(lines: readonly string[]): readonly InfotextPiece[] {
  const pieces: { label: string; lines: string[] }[] = [];
  for (const line of lines.filter((text) => text.trim() !== '' && !isRule(text))) {
    const label = /^\s{0,8}(\w[\w ]{0,40}):/.exec(line)?.[1];
    const last = pieces.at(-1);
    if (label === undefined && last !== undefined) last.lines.push(line);
    else pieces.push({ label: label ?? unlabelled, lines: [line] });
  }
  return pieces.map((piece) => ({ label: piece.label, text: piece.lines.join('\n') }));
}
