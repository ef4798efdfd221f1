import { type Path, show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';

/** A LoRA and how strongly it acts. */
export interface Lora {
  readonly name: string;
  readonly weight: unknown;
}

/** Reads a prompt with its LoRAs behind it, as a RunConfig has them: `a house <lora:name:0.8>`. */
export function readPromptWithLoras(
  prompt: unknown,
  path: Path,
  loras: readonly Lora[],
  lorasPath: Path,
): readonly Reading[] {
  if (loras.length === 0) return readField(['prompt'], prompt, path);
  const text = typeof prompt === 'string' ? prompt : '';
  return [
    ...readField(['prompt'], withLoras(text, loras), path),
    remark(lorasPath, 'converted', `is ${show(withLoras('', loras))} at the end of the prompt here`),
  ];
}

/** A prompt with tags of LoRAs behind it. */
export function withLoras(prompt: string, loras: readonly Lora[]): string {
  const tags = loras.map(({ name, weight }) => `<lora:${fileStem(name)}:${String(weight)}>`);
  return [...(prompt === '' ? [] : [prompt]), ...tags].join(' ');
}

/** A model's file without its folder and its extension, which is how a tag of a prompt names it. */
export function fileStem(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return file.replace(/\.(safetensors|ckpt|pt|pth|bin|sft|gguf)$/i, '');
}
