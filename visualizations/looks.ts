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
  /** The lengths of the dashes of its line and of the gaps between them, in the unit of the width. null: an unbroken line. */
  readonly dashes: string | null;
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
  dashes: null,
};

/** The look of each mark. No two differ by colour alone: each has a line of its own. */
export const looks: Readonly<Record<Mark, Look>> = {
  taken: {
    fill: { light: '#d7f0e1', dark: '#123d29' },
    stroke: { light: '#1a7f4b', dark: '#4cc38a' },
    text: { light: '#0b3d24', dark: '#c9f2dc' },
    width: 2.6,
    dashes: null,
  },
  skipped: {
    fill: { light: '#f6f7f8', dark: '#12171e' },
    stroke: { light: '#7d8590', dark: '#6e7681' },
    text: { light: '#59636e', dark: '#9aa4b2' },
    width: 1,
    dashes: null,
  },
  untried: {
    fill: { light: '#ffffff', dark: '#0d1117' },
    stroke: { light: '#59636e', dark: '#9aa4b2' },
    text: { light: '#3f4854', dark: '#c3cad3' },
    width: 1.6,
    dashes: '2 4',
  },
  refused: {
    fill: { light: '#fde3e1', dark: '#4a1613' },
    stroke: { light: '#c02b21', dark: '#ff7b72' },
    text: { light: '#a3160c', dark: '#ffb3ad' },
    width: 2.6,
    dashes: '7 4',
  },
  ended: {
    fill: { light: '#fff0c9', dark: '#4b3300' },
    stroke: { light: '#a86200', dark: '#e3a53b' },
    text: { light: '#5c3500', dark: '#ffe2a8' },
    width: 4.5,
    dashes: null,
  },
};
