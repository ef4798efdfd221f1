/** Breaks a text into so many lines of so many letters at most. What does not fit is cut off, and an ellipsis says so. */
export function wrapText(text: string, letters: number, lines: number): readonly string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > letters) {
      wrapped.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  wrapped.push(line);
  const kept = wrapped.slice(0, lines);
  const last = kept.length - 1;
  return kept.map((each, index) =>
    cutText(index === last && wrapped.length > lines ? `${each} \u2026` : each, letters),
  );
}

/** A text of so many letters at most. */
export function cutText(text: string, letters: number): string {
  const signs = Array.from(text);
  return signs.length <= letters ? text : `${signs.slice(0, letters - 1).join('')}\u2026`;
}
