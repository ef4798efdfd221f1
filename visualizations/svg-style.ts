import { grounds, type Look, looks, plain, type Shade } from './looks.ts';

const diagram = '.stageplan-diagram';
const halo =
  'paint-order: stroke; stroke: var(--stageplan-ground); stroke-width: 4px; stroke-linejoin: round';

/** What a colour is used for. */
type Kind = 'ground' | 'fill' | 'stroke' | 'text';

const systemColors: Readonly<Record<Kind, string>> = {
  ground: 'Canvas',
  fill: 'Canvas',
  stroke: 'CanvasText',
  text: 'CanvasText',
};

/**
 * The style sheet inside every SVG. Each colour is a variable, `--stageplan-taken-fill` for one, that a page may set.
 *
 * The look follows the reader's system; `data-theme="light"` or `"dark"`, on the SVG or around it, overrides that, and paper
 * is light. Under forced colours the system's own are taken; lines and words still tell the marks apart.
 * A viewer without `light-dark()` shows the light look, which stands in the shapes themselves.
 */
export const svgStyle = [
  `${diagram} { color-scheme: light dark; }`,
  rule('text', 'font-family: Helvetica, Arial, "Liberation Sans", "DejaVu Sans Condensed", sans-serif'),
  rule('.name', 'font-weight: bold; font-size: 15px'),
  ...['light', 'dark'].map(
    (theme) =>
      `[data-theme=${theme}] ${diagram}, ${diagram}[data-theme=${theme}] { color-scheme: ${theme}; }`,
  ),
  `@media print { ${diagram}${diagram} { color-scheme: light; } }`,
  '@supports (color: light-dark(#000, #fff)) {',
  `${diagram} {`,
  ...variables(({ light, dark }) => `light-dark(${light}, ${dark})`),
  '}',
  '@media (forced-colors: active) {',
  `${diagram} {`,
  '  forced-color-adjust: none;',
  ...variables((_, kind) => systemColors[kind]),
  '}',
  '}',
  rule(':is(.ground, .graph > polygon)', 'fill: var(--stageplan-ground)'),
  rule(':is(.graph, .caption, .legend) > text', 'fill: var(--stageplan-plain-text)'),
  rule(':is(.edge, .refusal) text:not(.badge)', halo),
  ...rules('plain', plain, ''),
  ...Object.entries(looks).flatMap(([mark, look]) => rules(mark, look, `.${mark}`)),
  rule('.state.compound > path', 'fill: var(--stageplan-compound)'),
  rule('.state.final > path:not(:first-of-type)', 'fill: none'),
  rule('.edge.inner text:not(.badge)', 'stroke: var(--stageplan-compound)'),
  rule('.refused > path.cross', 'stroke-dasharray: none; stroke-width: 3.5'),
  rule('.edge > circle.badge', 'fill: var(--stageplan-taken-stroke)'),
  rule('.edge.taken > text.badge', 'fill: var(--stageplan-taken-fill)'),
  '}',
].join('\n');

function variables(write: (shade: Shade, kind: Kind) => string): readonly string[] {
  const named: readonly (readonly [string, Shade, Kind])[] = [
    ['ground', grounds.picture, 'ground'],
    ['compound', grounds.compound, 'ground'],
    ...Object.entries({ plain, ...looks }).flatMap(([name, { fill, stroke, text }]) => [
      [`${name}-fill`, fill, 'fill'] as const,
      [`${name}-stroke`, stroke, 'stroke'] as const,
      [`${name}-text`, text, 'text'] as const,
    ]),
  ];
  return named.map(([name, shade, kind]) => `  --stageplan-${name}: ${write(shade, kind)};`);
}

function rules(name: string, { width, dashes }: Look, mark: string): readonly string[] {
  const stroke = `stroke: var(--stageplan-${name}-stroke)`;
  const line = `${stroke}; stroke-width: ${width}; stroke-dasharray: ${dashes ?? 'none'}`;
  return [
    rule(`:is(.state, .swatch)${mark} > path`, `fill: var(--stageplan-${name}-fill); ${line}`),
    rule(`:is(.state, .edge, .refusal)${mark} > text`, `fill: var(--stageplan-${name}-text)`),
    rule(`:is(.edge, .refusal)${mark} > path`, `fill: none; ${line}`),
    rule(
      `.edge${mark} > polygon, ${diagram} .initial${mark} > ellipse`,
      `${stroke}; fill: var(--stageplan-${name}-stroke)`,
    ),
  ];
}

function rule(selector: string, declarations: string): string {
  return `${diagram} ${selector} { ${declarations}; }`;
}
