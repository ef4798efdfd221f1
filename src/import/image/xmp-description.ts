/** The keyword of a PNG's XMP, by which that of other formats goes as well. */
export const xmpKeyword = 'XML:com.adobe.xmp';

/** The description in an XMP packet as plain text, or undefined where it has none. Draw Things keeps its infotext there. */
export function xmpDescription(xmp: string): string | undefined {
  const description = between(xmp, '<dc:description>', '</dc:description>') ?? '';
  const item = between(description, '<rdf:li', '</rdf:li>');
  return item === undefined ? undefined : plainText(item.slice(item.indexOf('>') + 1));
}

function between(text: string, start: string, end: string): string | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  return from < 0 || to < 0 ? undefined : text.slice(from + start.length, to);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['gt', '>'],
  ['lt', '<'],
  ['quot', '"'],
]);

function plainText(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,5})|#(\d{1,6})|(amp|apos|gt|lt|quot));/gi,
    (_all, hex, decimal, name) => {
      if (name !== undefined) return String(entities.get(String(name).toLowerCase()));
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );
}
