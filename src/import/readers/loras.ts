import { type PromptLora, readPrompt } from '../../prompt.ts';
import { type Path, show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type NoteReading, type Reading, remark } from '../reading.ts';
import { numberOr } from '../table/values.ts';

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
  const text = typeof prompt === 'string' ? prompt : '';
  const tagged = readPrompt(text).loras;
  const isTagged = ({ name }: Lora) => tagged.some((tag) => tag.name === fileStem(name));
  const missing = loras.filter((lora) => !isTagged(lora) && isNameOfTag(lora));
  return [
    ...readField(['prompt'], missing.length === 0 ? prompt : withLoras(text, missing), path),
    ...(missing.length === 0
      ? []
      : [remark(lorasPath, 'converted', `is ${show(withLoras('', missing))} at the end of the prompt here`)]),
    ...loras
      .filter(isTagged)
      .map(({ name, weight }) => remarkOnTag(tagged, fileStem(name), weight, lorasPath)),
    ...loras
      .filter((lora) => !isTagged(lora) && !isNameOfTag(lora))
      .map(({ name }) => remark(lorasPath, 'dropped', `is lost: no tag can name ${show(name)}`)),
  ];
}

/** A tag ends its name at a colon, and itself at a bracket. */
export function isNameOfTag({ name }: Lora): boolean {
  return !/[:<>]/.test(fileStem(name));
}

/** A LoRA that is listed and has a tag in the prompt as well is one LoRA, not two. */
function remarkOnTag(tagged: readonly PromptLora[], name: string, weight: unknown, path: Path): NoteReading {
  const isSame = tagged.some((tag) => tag.name === name && tag.model === numberOr(weight));
  if (isSame) return remark(path, 'ignored', `is left out: the prompt has the tag of ${show(name)} itself`);
  return remark(
    path,
    'contradicted',
    `says ${String(weight)} of ${show(name)}, but its tag in the prompt says another weight: the tag counts`,
  );
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
