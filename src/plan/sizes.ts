import type { Size } from '../size.ts';
import type { StageConfig } from './stage-config.ts';
import type { Img2imgConfig } from './stages/img2img.ts';
import type { Txt2imgConfig } from './stages/txt2img.ts';

/**
 * The size that a stage gives an image, or null where it follows from one that is unknown.
 *
 * Source: A1111's WebUI, which takes `int(side * factor)` and then whole blocks of 8 pixels; in JavaScript the product is
 * the same double.
 */
export function outputSize(config: StageConfig, incoming: Size | null): Size | null {
  switch (config.stage_type) {
    case 'txt2img':
    case 'img2img': {
      const drawn = drawnSize(config, incoming);
      if (!config.hires_enabled) return drawn;
      return enlarged(drawn, config.hires_upscale_factor, config.hires_resize_to);
    }
    case 'upscale':
      return enlarged(incoming, config.upscale_factor, config.resize_to);
    case 'adetailer':
      return incoming;
  }
}

interface WorksAt {
  readonly width: number | null;
  readonly height: number | null;
}

/** Whether one size has another shape than the other, by 8 pixels of the second or more. */
export function changesShape(from: Size, to: Size): boolean {
  const [wide, high] = [from.width * to.height, from.height * to.width];
  return (wide > high ? (wide - high) / from.height : (high - wide) / from.width) >= 8;
}

/** A size in whole blocks of 8 pixels. */
export function floored({ width, height }: Size): Size {
  return { width: floorTo8(width), height: floorTo8(height) };
}

/** The size that a generation works at, or null where it is unknown. */
export function workingSize({ width, height }: WorksAt): Size | null {
  return width === null || height === null ? null : { width, height };
}

/**
 * The size of the picture that a generation draws, before hires fix enlarges it.
 *
 * Source: `apply_overlay` of A1111's WebUI. Where only the masked part is redrawn, it is cut out, worked at the stage's
 * size and pasted back into the picture that came in.
 */
export function drawnSize(config: Txt2imgConfig | Img2imgConfig, incoming: Size | null): Size | null {
  return config.stage_type === 'img2img' && config.mask?.only_masked === true
    ? incoming
    : workingSize(config);
}

function enlarged(from: Size | null, factor: number | null, exact: Size | null): Size | null {
  if (exact !== null) return exact;
  if (from === null || factor === null) return null;
  return { width: floorTo8(from.width * factor), height: floorTo8(from.height * factor) };
}

function floorTo8(side: number): number {
  return Math.floor(side / 8) * 8;
}
