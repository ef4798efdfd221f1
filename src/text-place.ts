/** The place of a character in a text, for people: lines and columns count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Finds the place of a character. Linear in the text, of which nothing is copied. */
export function placeIn(text: string, at: number): TextPlace {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: at - start + 1 };
}

/** The place of a character in words. */
export function renderPlace(text: string, at: number): string {
  const { line, column } = placeIn(text, at);
  return `line ${line}, column ${column}`;
}
