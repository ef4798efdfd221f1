/**
 * What a terminal obeys, hides or turns around: control characters but for the line break, marks of the direction of
 * writing, separators of lines and paragraphs, the byte order mark, halves of characters, and the two signs that no XML may hold.
 */
const unsafe =
  /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A foreign text on one line, with what is not safe to print as escapes: `\u001b`, `\n`. */
export function visible(text: string): string {
  return visibleLines(text).replaceAll('\n', '\\n');
}

/** A sign that is none of the printable ones of ASCII. Most texts have none, which is told in a third of the time. */
const beyondPrintable = /[^\n -~]/;

/** Does the same, and leaves line breaks as they are. In JSON it changes no value. */
export function visibleLines(text: string): string {
  if (!beyondPrintable.test(text)) return text;
  return text.replace(unsafe, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
