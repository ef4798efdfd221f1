import { type ReadPrompt, readPrompt } from '../../prompt.ts';

/** A prompt as ComfyUI reads it. */
export interface ComfyText extends ReadPrompt {
  /** Tags that are left in the text: ComfyUI would read them as words. */
  readonly tags: readonly string[];
  /** What means something in WebUIs and is words to ComfyUI, the first of each kind: "[x]", "BREAK". */
  readonly words: readonly string[];
}

/** One whose weight is no number is left, and told as a tag. */
const embedding = /<embedding:([^<>:]+)(?::\s*(-?[\d.]{1,20})?\s*)?>/g;

/** Source: `re_extra_net` of the WebUI, which takes every such tag out of a prompt. */
const tag = /<\w{1,40}:[^<>]+>/g;

/** Brackets, which weaken, alternate or change words on the way; the two operators; and comments up to a line's end. */
const syntax = [/(?<!\\)\[[^[\]]*\]/, /\bBREAK\b/, /\bAND\b/, /#[^\n]*/];

/** A prompt without LoRA tags, and with embeddings in ComfyUI's own form. Linear in its length. */
export function comfyText(prompt: string): ComfyText {
  const read = readPrompt(prompt);
  const text = read.embeddings.length === 0 ? read.text : read.text.replace(embedding, renderEmbedding);
  return {
    ...read,
    text,
    tags: text.match(tag) ?? [],
    words: syntax.flatMap((kind) => kind.exec(text)?.[0] ?? []),
  };
}

function renderEmbedding(_tag: string, name: string, weight: string | undefined): string {
  return weight === undefined ? `embedding:${name}` : `(embedding:${name}:${weight})`;
}
