import type { ComfyLink } from './comfy-prompt.ts';
import type { ComfyContext } from './context.ts';

export function decoded(id: string, samples: ComfyLink, vae: ComfyLink, { graph }: ComfyContext): ComfyLink {
  return graph.add(`${id}-decode`, 'VAEDecode', { samples, vae }, `${id}: decode`);
}

export function encoded(id: string, pixels: ComfyLink, vae: ComfyLink, { graph }: ComfyContext): ComfyLink {
  return graph.add(`${id}-encode`, 'VAEEncode', { pixels, vae }, `${id}: encode`);
}

/** The image that a stage takes. Only a plan made by hand has a stage that takes none and works on one. */
export function takenImage(stageId: string, { image, refuse }: ComfyContext): ComfyLink {
  if (image !== null) return image;
  refuse('unnamed_image', 'input', null);
  return [stageId, 0];
}
