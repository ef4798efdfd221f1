import * as z from 'zod';
import { Name, OwnName } from './names.ts';

/** So many that nobody makes more, and few enough that batches can be multiplied. */
const mostImages = 1_000_000;

/** The largest seed: that of every image of the largest batch is a whole number that no program rounds. */
export const mostSeed = 2 ** 53 - mostImages ** 2;

/** The settings of one generation pass, as a stage carries them. Defaults stand in the RunConfig only. */
export const GenerationSettings = z.strictObject({
  prompt: z.string().describe('What the image shows.'),
  negative_prompt: z.string().describe('What the image avoids.'),
  model: OwnName.nullable().describe('Checkpoint. null: the one that the backend has loaded.'),
  vae: Name.nullable().describe('VAE. null: the one that the backend has loaded.'),
  sampler_name: OwnName.describe('Sampler, without a scheduler suffix: "DPM++ 2M", not "DPM++ 2M Karras".'),
  scheduler: OwnName.describe('Noise schedule. "Automatic": the one that the sampler prefers.'),
  steps: z
    .int()
    .min(1)
    .max(150)
    .describe('Sampling steps, 1 to 150. A generation from a prompt runs them all.'),
  cfg_scale: z.number().min(0).max(100).describe('Classifier-free guidance scale, 0 to 100.'),
  width: z.int().min(64).max(16384).multipleOf(8).describe('Pixels, 64 to 16384, a multiple of 8.'),
  height: z.int().min(64).max(16384).multipleOf(8).describe('Pixels, 64 to 16384, a multiple of 8.'),
  seed: z.int().min(-1).max(mostSeed).describe('-1: random. Image i of a batch has this seed + i.'),
  batch_size: z.int().min(1).max(mostImages).describe('Images made at the same time.'),
  n_iter: z.int().min(1).max(mostImages).describe('Batches made one after the other.'),
  clip_skip: z.int().min(1).max(12).describe('Layers of CLIP to stop at, counted from the end, 1 to 12.'),
});
