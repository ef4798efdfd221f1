import { type ReadPrompt, readPrompt } from '../../prompt.ts';

const embedding = /<embedding:([^<>:]+)(?::([^<>]*))?>/g;

/** A prompt as ComfyUI reads it: without LoRA tags, and with embeddings in its own form. */
export function comfyText(prompt: string): ReadPrompt {
  const read = readPrompt(prompt);
  if (read.embeddings.length === 0) return read;
  return { ...read, text: read.text.replace(embedding, renderEmbedding) };
}

function renderEmbedding(_tag: string, name: string, weight: string | undefined): string {
  return weight === undefined || weight === '' ? `embedding:${name}` : `(embedding:${name}:${weight})`;
}
