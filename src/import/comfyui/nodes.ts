/** What a node of the line does to the picture, and the letter that the shapes of lines are written with. */
export const stepLetters = {
  empty: 'e',
  load: 'l',
  sample: 's',
  decode: 'd',
  encode: 'c',
  repeat: 'b',
  enlarge: 'm',
  resize: 'r',
  grow: 'g',
  detail: 'f',
} as const;
export type StepKind = keyof typeof stepLetters;

/** What a node does, and the inputs that the line goes on through, the first that is linked. */
export interface NodeMeaning {
  readonly kind: StepKind;
  readonly from: readonly string[];
}

/**
 * The nodes that a line of pictures is read through. A field table of the documentation lists them.
 *
 * Source: `nodes.py` and `comfy_extras` of ComfyUI 0.3, Impact Pack 7.10, and the loaders that pictures come from most.
 */
export const nodeMeanings: Readonly<Record<string, NodeMeaning>> = {
  EmptyLatentImage: { kind: 'empty', from: [] },
  EmptySD3LatentImage: { kind: 'empty', from: [] },
  EmptyFlux2LatentImage: { kind: 'empty', from: [] },
  LoadImage: { kind: 'load', from: [] },
  LoadImageOutput: { kind: 'load', from: [] },
  KSampler: { kind: 'sample', from: ['latent_image'] },
  KSamplerAdvanced: { kind: 'sample', from: ['latent_image'] },
  SamplerCustom: { kind: 'sample', from: ['latent_image'] },
  SamplerCustomAdvanced: { kind: 'sample', from: ['latent_image'] },
  VAEDecode: { kind: 'decode', from: ['samples'] },
  VAEDecodeTiled: { kind: 'decode', from: ['samples'] },
  VAEEncode: { kind: 'encode', from: ['pixels'] },
  VAEEncodeTiled: { kind: 'encode', from: ['pixels'] },
  RepeatLatentBatch: { kind: 'repeat', from: ['samples'] },
  LatentUpscale: { kind: 'grow', from: ['samples'] },
  LatentUpscaleBy: { kind: 'grow', from: ['samples'] },
  ImageUpscaleWithModel: { kind: 'enlarge', from: ['image'] },
  ImageScale: { kind: 'resize', from: ['image'] },
  ImageScaleBy: { kind: 'resize', from: ['image'] },
  FaceDetailer: { kind: 'detail', from: ['image'] },
};

/** Nodes that save or show a picture, in the order in which they are taken for the end of the line. */
export const savers: readonly RegExp[] = [/^SaveImage/, /sav(e|er)/i, /^PreviewImage/];
