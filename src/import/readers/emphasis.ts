import type { Path } from '../note.ts';
import { type NoteReading, remark } from '../reading.ts';

/** How a program writes emphasis, where the WebUI would read it otherwise. */
export interface Emphasis {
  readonly marks: RegExp;
  /** In words, as the end of "its emphasis ...". */
  readonly meaning: string;
}

/** Source: NovelAI's page on strengthening. Round brackets stand for themselves there. */
export const novelaiEmphasis: Emphasis = {
  marks: /[{}[\]]|::|(?<!\\)\(/,
  meaning: 'is {more}, [less] and 1.2::weighted::, and (...) is none; the WebUI reads that otherwise',
};

/** Source: InvokeAI's page on prompting, which compel reads. Round brackets only group there. */
export const invokeaiEmphasis: Emphasis = {
  marks: /(?<!\\)\(|[\p{L}\p{N}"][+-]{1,20}(?=[\s,.;]|$)|\)\.(?:swap|blend|and)\(/u,
  meaning: 'is word++, word--, (words)1.2 and .swap(); the WebUI reads that otherwise',
};

/** A note on every prompt whose emphasis is kept as it is, and means something else where it is run. */
export function remarkOnEmphasis(
  { marks, meaning }: Emphasis,
  prompts: readonly (readonly [path: Path, text: unknown])[],
): readonly NoteReading[] {
  return prompts
    .filter(([, text]) => typeof text === 'string' && marks.test(text))
    .map(([path]) => remark(path, 'dropped', `is kept as it is, but its emphasis ${meaning}`));
}
