import { isOwnVae } from '../../names/vaes.ts';
import type { PromptLora } from '../../prompt.ts';
import type { ComfyLink } from './comfy-prompt.ts';
import type { ComfyContext } from './context.ts';
import { output } from './graph.ts';
import { type ComfyText, comfyText } from './prompt-text.ts';

/** What a sampler node needs of a checkpoint: its model, with what the prompts say. */
export interface Conditioned {
  readonly model: ComfyLink;
  readonly positive: ComfyLink;
  readonly negative: ComfyLink;
  readonly clip: ComfyLink;
  readonly vae: ComfyLink;
}

/** The settings that say what a checkpoint is to draw. */
export interface Wanted {
  readonly model: string | null;
  readonly vae: string | null;
  readonly clip_skip: number;
  readonly prompt: string;
  readonly negative_prompt: string;
}

/** How the fields and the nodes of one pass are called. */
export interface Names {
  /** What stands before the ids of its nodes: "1-txt2img", "1-txt2img-hires". */
  readonly id: string;
  /** What stands before the names of its fields: "", "hires_". */
  readonly field: string;
  /** The field that names the checkpoint. */
  readonly modelField: string;
}

/** A checkpoint with its LoRAs, its VAE, and both prompts encoded by it. Whatever is loaded already is shared. */
export function conditioned(wanted: Wanted, names: Names, context: ComfyContext): Conditioned {
  const { graph } = context;
  const positive = comfyText(wanted.prompt);
  const negative = comfyText(wanted.negative_prompt);
  judgePrompt(positive, `${names.field}prompt`, context);
  judgePrompt(negative, `${names.field}negative_prompt`, context);
  for (const { name } of negative.loras) context.warn('negative_lora', `${names.field}negative_prompt`, name);
  const loaded = checkpoint(wanted.model, names.modelField, context);
  const { model, clip } = withLoras(loaded, positive.loras, `${names.field}prompt`, context);
  const stopped = stoppedAt(clip, wanted.clip_skip, context);
  const encode = (part: string, text: string) =>
    graph.add(
      `${names.id}-${part}`,
      'CLIPTextEncode',
      { text, clip: stopped },
      `${names.id}: ${part} prompt`,
    );
  return {
    model,
    clip: stopped,
    vae: vaeOf(loaded, wanted.vae, context),
    positive: encode('positive', positive.text),
    negative: encode('negative', negative.text),
  };
}

/** The VAE that a stage works with: the stated one, or that of its checkpoint. */
export function vaeOf(loaded: ComfyLink, vae: string | null, { graph }: ComfyContext): ComfyLink {
  return vae === null || isOwnVae(vae)
    ? output(loaded, 2)
    : graph.share('vae', 'VAELoader', { vae_name: vae }, vae);
}

/** The loader of a checkpoint, whose outputs are its model, its CLIP and its VAE. */
export function checkpoint(model: string | null, field: string, { graph, refuse }: ComfyContext): ComfyLink {
  if (model === null) refuse('no_model', field, null);
  const name = model ?? '';
  return graph.share('checkpoint', 'CheckpointLoaderSimple', { ckpt_name: name }, name);
}

/** The strongest that a LoRA can be. */
const strongest = 100;

function withLoras(loaded: ComfyLink, loras: readonly PromptLora[], field: string, context: ComfyContext) {
  const { graph, models } = context;
  let link = { model: loaded, clip: output(loaded, 1) };
  for (const { name, model: strength_model, clip: strength_clip } of loras) {
    if (Math.max(Math.abs(strength_model), Math.abs(strength_clip)) > strongest)
      context.refuse('out_of_range', field, name);
    const inputs = { ...link, lora_name: loraFile(name, models.loras ?? {}), strength_model, strength_clip };
    const model = graph.share('lora', 'LoraLoader', inputs, name);
    link = { model, clip: output(model, 1) };
  }
  return link;
}

/** A tag names a LoRA as WebUIs do, without the extension of its file. */
function loraFile(name: string, files: Readonly<Record<string, string>>): string {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  return file ?? (/\.(safetensors|pt|ckpt)$/i.test(name) ? name : `${name}.safetensors`);
}

function stoppedAt(clip: ComfyLink, skip: number, { graph }: ComfyContext): ComfyLink {
  if (skip === 1) return clip;
  return graph.share(
    'clip-skip',
    'CLIPSetLastLayer',
    { clip, stop_at_clip_layer: -skip },
    `clip skip ${skip}`,
  );
}

/** What of a prompt ComfyUI reads as words: tags are refused, the rest is warned of. */
function judgePrompt({ open, tags, words }: ComfyText, field: string, { refuse, warn }: ComfyContext): void {
  for (const tag of tags) refuse('unread_tag', field, tag);
  if (open) warn('open_prompt', field, null);
  if (words.length > 0) warn('webui_syntax', field, words);
}
