/** What a plan may ask a server for by a name. */
export type ThingKind =
  | 'checkpoint'
  | 'vae'
  | 'sampler'
  | 'scheduler'
  | 'upscaler'
  | 'latent_mode'
  | 'lora'
  | 'detector'
  | 'script';

/** All the names of one thing: the one that it is shown by, then every other that the server takes for it. */
export type ThingNames = readonly [string, ...(readonly string[])];

/** What a server has. A kind that is left out was not asked for, and is not checked. */
export type Inventory = { readonly [Kind in ThingKind]?: readonly ThingNames[] };

/** The script that ADetailer stages need, by the title of the WebUI's extension. */
export const detailerScript = 'adetailer';
