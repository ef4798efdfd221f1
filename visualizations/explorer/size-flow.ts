import { type StageExecution, type StageExecutionPlan, saySize } from '../../src/index.ts';
import { countOf } from '../../src/plan/say-work.ts';
import type { Size } from '../../src/size.ts';
import { element } from './element.ts';

/** The longest side of any picture of a plan, by which the frames of its pictures are drawn. */
export function largestSide({ stages }: StageExecutionPlan): number {
  const sizes = stages.flatMap(({ input_size, output_size }) => [input_size, output_size]);
  return Math.max(1, ...sizes.flatMap((size) => (size === null ? [] : [size.width, size.height])));
}

/** The picture on its way through a stage: the size that comes in, the size that goes out, and how many. */
export function sizeFlow(
  { input, input_size, output_size, images_in, images_out }: StageExecution,
  largest: number,
) {
  const begins = input.source === 'none';
  const from = begins
    ? []
    : [frame(input_size, largest), `${many(images_in)}${saySize(input_size)}`, arrow()];
  return element(
    'p',
    { class: 'flow' },
    ...from,
    frame(output_size, largest),
    element('strong', {}, saySize(output_size)),
    element('span', { class: 'count' }, countOf(images_out, 'image')),
  );
}

function many(count: number): string {
  return count === 1 ? '' : `${count} of `;
}

function arrow(): HTMLElement {
  return element('span', { class: 'arrow' }, '→');
}

/** Side of the largest frame, in pixels. */
const drawn = 22;

/** A picture's outline, to scale with those of the other stages. */
function frame(size: Size | null, largest: number): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  const { width, height } = scaled(size, largest);
  for (const [name, value] of Object.entries({ class: 'frame', width, height, 'aria-hidden': 'true' }))
    svg.setAttribute(name, String(value));
  const rect = document.createElementNS(svgNamespace, 'rect');
  rect.setAttribute('width', '100%');
  rect.setAttribute('height', '100%');
  if (size === null) rect.setAttribute('stroke-dasharray', '3 2');
  svg.append(rect);
  return svg;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

function scaled(size: Size | null, largest: number): Size {
  const { width, height } = size ?? { width: largest, height: largest };
  const side = (length: number) => Math.max(4, Math.round((length / largest) * drawn));
  return { width: side(width), height: side(height) };
}
