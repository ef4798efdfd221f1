import { escapeXml } from './escape-xml.ts';
import { flatten, lettersInBox, type SequenceGraph } from './graph.ts';
import { grounds, type Look, looks, plain } from './looks.ts';
import type { Mark } from './marks.ts';
import { legend, legendOf, type Story } from './story.ts';
import { cutText, wrapText } from './wrap-text.ts';

/**
 * Tells a story in the SVG of a graph: marks, numbers, the lines in the boxes, the cross of a refusal, and above and below
 * them the title, the sentence and the legend. Pure, and quick enough for every key that is pressed. No box moves.
 *
 * Colours stand in the shapes themselves too, for viewers that do not read the style sheet.
 *
 * @param layout what `layOut` made of the same graph.
 */
export function tellStory(layout: string, graph: SequenceGraph, story: Story): string {
  const told = new Map<string, Told>();
  const states = flatten(graph.states);
  const edges = new Set(graph.edges.map(({ id }) => id));
  for (const { id, kind, details } of states)
    told.set(`state-${id}`, {
      marks: story.marks[id] ?? [],
      lines: kind === 'compound' ? [] : (story.details[id] ?? details),
      number: null,
    });
  for (const id of edges)
    told.set(id, { marks: story.marks[id] ?? [], lines: null, number: story.numbers[id] ?? null });
  for (const { initial } of [graph, ...states]) {
    if (initial === null) continue;
    const marks = (story.marks[initial] ?? []).filter((mark) => mark !== 'ended');
    for (const id of [`initial-${initial}`, `edge-initial-${initial}`])
      told.set(id, { marks, lines: null, number: null });
  }
  const byId = new Map([...told].map(([id, each]) => [escapeXml(id), each]));
  const body = layout.replaceAll(
    /<g id="([^"]*)"([^>]*?)class="([^"]*)"([^>]*)>\n(.*?)<\/g>\n/gs,
    (group, id: string, before: string, names: string, after: string, shapes: string) => {
      const each = byId.get(id);
      if (each === undefined) return group;
      const written = each.lines === null ? shapes : writeLines(shapes, each.lines);
      const painted = paint(written, each.marks.at(-1)) + badgeOf(shapes, each.number);
      return `<g id="${id}"${before}class="${[names, ...each.marks].join(' ')}"${after}>\n${painted}</g>\n`;
    },
  );
  const label = `The ${graph.kind} ${[story.title, story.sentence].filter((text) => text !== '').join(': ')}`;
  return frame(body, layout, story).replace(/ aria-label="[^"]*"/, () => ` aria-label="${escapeXml(label)}"`);
}

interface Told {
  readonly marks: readonly Mark[];
  /** The lines below the name, or null where there is no name. */
  readonly lines: readonly string[] | null;
  readonly number: number | null;
}

/** Writes lines into the texts below the first, which is the name. */
function writeLines(shapes: string, lines: readonly string[]): string {
  let index = -2;
  return shapes.replaceAll(/<text([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, text: string) => {
    index += 1;
    if (index === -1) return `<text class="name" font-weight="bold"${attributes}>${text}</text>`;
    return `<text${attributes}>${escapeXml(lines[index] ?? '')}</text>`;
  });
}

/** Gives shapes the light look of a mark. */
function paint(shapes: string, mark: Mark | undefined): string {
  if (mark === undefined) return shapes;
  const { fill, stroke, text, width, dashes } = looks[mark];
  const line = `stroke="${stroke.light}" stroke-width="${width}"${dashes === null ? '' : ` stroke-dasharray="${dashes}"`}`;
  return shapes
    .replaceAll(/(<(?:path|polygon|ellipse)[^>]*?) stroke="#[^"]*"(?: stroke-width="[^"]*")?/g, `$1 ${line}`)
    .replaceAll(/(<path[^>]*?) fill="#[^"]*"/g, `$1 fill="${fill.light}"`)
    .replaceAll(/(<(?:polygon|ellipse)[^>]*?) fill="#[^"]*"/g, `$1 fill="${stroke.light}"`)
    .replaceAll(/(<text[^>]*?) fill="#[^"]*"/g, `$1 fill="${text.light}"`);
}

/** The number of a step, in the middle of its arrow. */
function badgeOf(shapes: string, number: number | null): string {
  if (number === null) return '';
  const [x, y] = middleOf(numbersIn(shapes, path));
  const { stroke, fill } = looks.taken;
  return [
    `<circle class="badge" cx="${x}" cy="${y}" r="10" fill="${stroke.light}"/>`,
    `<text class="badge" text-anchor="middle" x="${x}" y="${y + 4.5}" font-family="Helvetica,sans-Serif" font-size="13" font-weight="bold" fill="${fill.light}">${number}</text>\n`,
  ].join('\n');
}

/** The middle of a chain of cubic curves, as Graphviz draws them. */
function middleOf(numbers: readonly number[]): readonly [number, number] {
  const curves = (numbers.length / 2 - 1) / 3;
  const from = Math.floor(curves / 2) * 6;
  const at = (offset: number) => Number(numbers[from + offset]);
  if (curves % 2 === 0) return [at(0), at(1)];
  const half = (offset: number) =>
    Math.round(((at(offset) + 3 * at(offset + 2) + 3 * at(offset + 4) + at(offset + 6)) / 8) * 10) / 10;
  return [half(0), half(1)];
}

const path = / d="([^"]*)"/g;
const viewBox = /viewBox="([^"]*)"/g;

/** The numbers in the first attribute of this kind. */
function numbersIn(text: string, attribute: RegExp): readonly number[] {
  const [first] = Array.from(text.matchAll(attribute), ([, value]) => String(value));
  return Array.from(String(first).matchAll(/-?\d+(?:\.\d+)?/g), ([number]) => Number(number));
}

/** About as wide as a letter of 13 units is. */
const letter = 6.4;
const margin = 18;
/** So wide is a picture at least, for the words above and below a narrow machine. */
const narrowest = 300;

/** Puts the caption above a picture, the legend below it, and the cross into it. */
function frame(body: string, layout: string, story: Story): string {
  const [, , drawn = 0, height = 0] = numbersIn(layout, viewBox);
  const width = Math.max(drawn, narrowest);
  const head = captionOf(story, width);
  const foot = legendGroup(story, width, height);
  const whole = { top: -head.height, height: height + head.height + foot.height };
  const box = `viewBox="0 ${whole.top} ${width} ${whole.height}"`;
  const ground = `<rect class="ground" x="0" y="${whole.top}" width="${width}" height="${whole.height}" fill="${grounds.picture.light}"/>\n`;
  return body
    .replace(/width="[^"]*" height="[^"]*"/, `width="${width}" height="${whole.height}"`)
    .replace(/viewBox="[^"]*"/, box)
    .replace('</style>\n', () => `</style>\n${ground}`)
    .replace(/<\/g>\n<\/svg>/, () => `${crossOf(layout, story, width)}</g>\n${head.text}${foot.text}</svg>`);
}

interface Part {
  readonly text: string;
  readonly height: number;
}

function captionOf({ title, sentence }: Story, width: number): Part {
  const letters = Math.floor((width - 2 * margin) / letter);
  const heading = cutText(title, Math.floor(letters * 0.7));
  const lines = sentence === '' ? [] : wrapText(sentence, letters, 4);
  const height = 34 + lines.length * 18;
  const texts = [
    textAt(margin, 24 - height, heading, 'class="title" font-size="16" font-weight="bold"'),
    ...lines.map((line, index) => textAt(margin, 46 - height + index * 18, line, 'font-size="13"')),
  ];
  return { text: `<g class="caption">\n${texts.join('')}</g>\n`, height };
}

function textAt(x: number, y: number, text: string, attributes: string): string {
  return `<text x="${x}" y="${y}" font-family="Helvetica,sans-Serif" fill="${plain.text.light}" ${attributes}>${escapeXml(text)}</text>\n`;
}

/** A swatch of each mark that is used, and what it means. */
function legendGroup(story: Story, width: number, height: number): Part {
  const used = legendOf(story);
  if (used.length === 0) return { text: '', height: 0 };
  let [x, y] = [margin, height + 12];
  const items = used.map((mark) => {
    const wide = 44 + legend[mark].length * letter;
    if (x > margin && x + wide > width - margin) [x, y] = [margin, y + 26];
    const item = `${swatchOf(mark, x, y)}${textAt(x + 34, y + 4.5, legend[mark], 'font-size="13"')}`;
    x += wide + 14;
    return item;
  });
  return { text: `<g class="legend">\n${items.join('')}</g>\n`, height: y - height + 22 };
}

function swatchOf(mark: Mark, x: number, y: number): string {
  const { fill, stroke, width, dashes }: Look = looks[mark];
  const dash = dashes === null ? '' : ` stroke-dasharray="${dashes}"`;
  const line = `stroke="${stroke.light}" stroke-width="${width}"`;
  const shape =
    mark === 'refused'
      ? `<path fill="none" ${line}${dash} d="M${x},${y}h14"/>\n<path class="cross" fill="none" ${line} d="M${x + 15},${y - 5}l10,10m0,-10l-10,10"/>`
      : `<path fill="${fill.light}" ${line}${dash} d="M${x},${y - 8}h26v16h-26z"/>`;
  return `<g class="swatch ${mark}">\n${shape}\n</g>\n`;
}

/** The stub that leaves the state where a walk ended, the cross at its end, and what was refused there. */
function crossOf(layout: string, { refusal }: Story, width: number): string {
  if (refusal === null) return '';
  const from = layout.indexOf(`id="${escapeXml(`state-${refusal.state}`)}"`);
  const numbers = numbersIn(layout.slice(from), path);
  const across = numbers.filter((_, index) => index % 2 === 0);
  const down = numbers.filter((_, index) => index % 2 === 1);
  const [left, right, bottom] = [Math.min(...across), Math.max(...across), Math.max(...down)];
  const label = cutText(refusal.label, lettersInBox);
  const fits = right - 48 + label.length * letter < width - 2 * margin;
  const x = fits ? right - 64 : left + 24;
  const { stroke, text, width: thick, dashes } = looks.refused;
  const line = `fill="none" stroke="${stroke.light}" stroke-width="${thick}"`;
  const y = bottom + 21;
  return [
    '<g class="refusal refused">',
    `<path ${line} stroke-dasharray="${dashes}" d="M${x},${bottom}V${y}"/>`,
    `<path class="cross" ${line} d="M${x - 8},${y - 8}l16,16m0,-16l-16,16"/>`,
    `<text x="${x + 14}" y="${y + 5}" font-family="Helvetica,sans-Serif" font-size="13" font-weight="bold" fill="${text.light}">${escapeXml(label)}</text>`,
    '</g>\n',
  ].join('\n');
}
