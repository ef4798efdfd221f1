import { grounds, type Look, looks, plain, type Shade } from './looks.ts';

const diagram = '.stageplan-diagram';

/**
 * The style sheet inside every SVG. Each colour is a variable, `--stageplan-taken-fill` for one, that a page may set.
 *
 * The look follows the reader's system; `data-theme="light"` or `"dark"`, on the SVG or around it, overrides that.
 * A viewer without `light-dark()` shows the light look, which Graphviz wrote into the shapes themselves.
 */
export const svgStyle = [
  `${diagram} { color-scheme: light dark; }`,
  rule('text', 'font-family: Helvetica, Arial, sans-serif'),
  ...['light', 'dark'].map(
    (theme) =>
      `[data-theme=${theme}] ${diagram}, ${diagram}[data-theme=${theme}] { color-scheme: ${theme}; }`,
  ),
  '@supports (color: light-dark(#000, #fff)) {',
  `${diagram} {`,
  ...variables(),
  '}',
  rule('.graph > polygon', 'fill: var(--stageplan-ground)'),
  rule('.graph > text', 'fill: var(--stageplan-plain-text)'),
  rule(
    '.edge text',
    'paint-order: stroke; stroke: var(--stageplan-ground); stroke-width: 4px; stroke-linejoin: round',
  ),
  ...rules('plain', plain, ''),
  ...Object.entries(looks).flatMap(([mark, look]) => rules(mark, look, `.${mark}`)),
  rule('.state.compound > path', 'fill: var(--stageplan-compound)'),
  rule('.state.final > path:not(:first-of-type)', 'fill: none'),
  rule('.edge.inner text', 'stroke: var(--stageplan-compound)'),
  '}',
].join('\n');

function variables(): readonly string[] {
  const named: readonly (readonly [string, Shade])[] = [
    ['ground', grounds.picture],
    ['compound', grounds.compound],
    ...Object.entries({ plain, ...looks }).flatMap(([name, { fill, stroke, text }]) => [
      [`${name}-fill`, fill] as const,
      [`${name}-stroke`, stroke] as const,
      [`${name}-text`, text] as const,
    ]),
  ];
  return named.map(([name, { light, dark }]) => `  --stageplan-${name}: light-dark(${light}, ${dark});`);
}

function rules(name: string, { width, dashed }: Look, mark: string): readonly string[] {
  const stroke = `stroke: var(--stageplan-${name}-stroke)`;
  const line = `${stroke}; stroke-width: ${width}; stroke-dasharray: ${dashed ? '6 4' : 'none'}`;
  return [
    rule(`.state${mark} > path`, `fill: var(--stageplan-${name}-fill); ${line}`),
    rule(`:is(.state, .edge)${mark} > text`, `fill: var(--stageplan-${name}-text)`),
    rule(`.edge${mark} > path`, line),
    rule(
      `.edge${mark} > polygon, ${diagram} .initial${mark} > ellipse`,
      `${stroke}; fill: var(--stageplan-${name}-stroke)`,
    ),
  ];
}

function rule(selector: string, declarations: string): string {
  return `${diagram} ${selector} { ${declarations}; }`;
}
