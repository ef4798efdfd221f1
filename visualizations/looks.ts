import type { Mark } from './marks.ts';

/** A colour by day and by night. */
export interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** How a state or a transition looks: its ground, its line, its text. */
export interface Look {
  readonly fill: Shade;
  readonly stroke: Shade;
  readonly text: Shade;
  readonly width: number;
  readonly dashed: boolean;
}

/** The ground of a picture, and that of a state with states inside it. */
export const grounds = {
  picture: { light: '#ffffff', dark: '#0d1117' },
  compound: { light: '#f4f6f9', dark: '#151b23' },
} as const satisfies Record<string, Shade>;

/** The look of what has no mark. */
export const plain: Look = {
  fill: { light: '#ffffff', dark: '#212830' },
  stroke: { light: '#3f4854', dark: '#9aa4b2' },
  text: { light: '#1c2128', dark: '#e6edf3' },
  width: 1.2,
  dashed: false,
};

/** The look of each mark. No two differ by colour alone. */
export const looks: Readonly<Record<Mark, Look>> = {
  taken: {
    fill: { light: '#d7f0e1', dark: '#123d29' },
    stroke: { light: '#1a7f4b', dark: '#4cc38a' },
    text: { light: '#0b3d24', dark: '#c9f2dc' },
    width: 2.4,
    dashed: false,
  },
  skipped: {
    fill: { light: '#f6f7f8', dark: '#12171e' },
    stroke: { light: '#c4c9d0', dark: '#3d444d' },
    text: { light: '#69707a', dark: '#8b949e' },
    width: 1,
    dashed: false,
  },
  unreachable: {
    fill: { light: '#fde3e1', dark: '#4a1613' },
    stroke: { light: '#c02b21', dark: '#ff7b72' },
    text: { light: '#7a130c', dark: '#ffd5d1' },
    width: 2,
    dashed: true,
  },
  ended: {
    fill: { light: '#fff0c9', dark: '#4b3300' },
    stroke: { light: '#a86200', dark: '#e3a53b' },
    text: { light: '#5c3500', dark: '#ffe2a8' },
    width: 4,
    dashed: false,
  },
};

/** What each mark means, in the words of a legend. */
export const legend: Readonly<Record<Mark, string>> = {
  taken: 'taken (green)',
  skipped: 'skipped (grey)',
  unreachable: 'unreachable (red, dashed)',
  ended: 'the walk ended here (amber, thick)',
};
