/** A picture has more arrows than are laid out as an SVG: nothing was drawn. */
export class LargePictureError extends Error {
  override readonly name = 'LargePictureError';
  readonly arrows: number;
  /** How many arrows an SVG can have. */
  readonly most: number;

  constructor(arrows: number, most: number) {
    const [many, limit] = [arrows, most].map((count) => count.toLocaleString('en-US'));
    super(`Draw it as mermaid or dot, or less of it: it has ${many} arrows, and an SVG can have ${limit}.`);
    this.arrows = arrows;
    this.most = most;
  }
}
