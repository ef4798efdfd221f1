/** A LoRA that a prompt asks for, with the strength of its two parts. */
export interface PromptLora {
  readonly name: string;
  /** Strength on the diffusion model. */
  readonly model: number;
  /** Strength on the text encoder. */
  readonly clip: number;
}

/** What a prompt says beside its words. */
export interface ReadPrompt {
  /** The prompt without its LoRA tags. */
  readonly text: string;
  readonly loras: readonly PromptLora[];
  /** The embeddings that it names: `embedding:x` or `<embedding:x>`. */
  readonly embeddings: readonly string[];
  /** Whether wildcards or variants are left for somebody else to expand: then nobody knows yet what will be drawn. */
  readonly open: boolean;
}

const loraTag = /<(?:lora|lyco):([^<>]+)>/g;
const embedding = /(?:<embedding:([^<>:]+)(?::[^<>]*)?>|\bembedding:([^\s,<>():]+))/g;

/** Without one of these a prompt says nothing beside its words. */
const marks = /[<[{]|__|embedding:/;

/** What is left to expand anywhere: slots `[[x]]`, variables `${x}`, SwarmUI's `<random:a|b>` and `<wildcard:x>`. */
const openings = [
  /\[\[[^[\]]+\]\]/,
  /(?<!\\)\$\{[^{}]*\}/,
  /<(?:random|wildcard)(?:\[[^<>\]]{0,40}\])?:[^<>]/i,
];

/** Wildcards: `__x__`, `__~x__`, `__x(key=value)__`; one with blanks in its name stands by itself. */
const wildcards = [
  /__[~@]?(?!_)[\w\-/*.]{1,200}?(?:\([^()]{0,400}\))?__/,
  /(?<!\w)__[~@]?(?!_)[\w\-/*.][\w\-/*. ]{0,200}[\w\-/*.]__(?!\w)/,
];

/**
 * Reads LoRA tags, embeddings and open places out of a prompt, as people write them for WebUIs. Pure; linear in the
 * prompt's length.
 *
 * A tag is `<lora:name>`, `<lora:name:strength>`, `<lora:name:clip:model>`, or has `te=` and `unet=`. Source:
 * `extra_networks_lora.py` of A1111's WebUI, where the first number is that of the text encoder and, alone, of both.
 *
 * @example
 * readPrompt('a fox <lora:ink:0.8>, __style__').loras; // [{ name: 'ink', model: 0.8, clip: 0.8 }]
 */
export function readPrompt(prompt: string): ReadPrompt {
  if (!marks.test(prompt)) return { text: prompt, loras: [], embeddings: [], open: false };
  const loras = Array.from(prompt.matchAll(loraTag), ([, body = '']) => readLora(body));
  return {
    text: loras.length === 0 ? prompt : withoutTags(prompt),
    loras,
    embeddings: Array.from(prompt.matchAll(embedding), ([, tagged, bare]) => String(tagged ?? bare)),
    open: isOpen(prompt),
  };
}

function isOpen(prompt: string): boolean {
  if (hasVariants(prompt) || openings.some((opening) => opening.test(prompt))) return true;
  // The name of a LoRA may have two underscores, as any name of a file, but does not begin and end with them.
  if (wildcardInTag.test(prompt)) return true;
  const words = prompt.replaceAll(loraTag, ' ');
  return wildcards.some((wildcard) => wildcard.test(words));
}

/** A wildcard in place of a LoRA's name or strength: `<lora:__x__:1>`. */
const wildcardInTag = /<(?:lora|lyco):(?:[^<>:]*:){0,4}\s*__[^<>:]{1,200}__\s*[:>]/;

/** Variants `{a|b}`, in braces that are not escaped and may stand in others. */
function hasVariants(prompt: string): boolean {
  let depth = 0;
  for (const [sign] of prompt.matchAll(/\\.|[{}|]/gs)) {
    if (sign === '|' && depth > 0) return true;
    if (sign === '{') depth += 1;
    if (sign === '}') depth = Math.max(0, depth - 1);
  }
  return false;
}

/** Takes each tag out with the blanks before it. */
function withoutTags(prompt: string): string {
  let text = '';
  let end = 0;
  for (const { 0: tag, index } of prompt.matchAll(loraTag)) {
    text += prompt.slice(end, index).trimEnd();
    end = index + tag.length;
  }
  return (text + prompt.slice(end)).trim();
}

function readLora(body: string): PromptLora {
  const [name = '', ...parts] = body.split(':').map((part) => part.trim());
  const named = new Map(parts.flatMap((part) => (part.includes('=') ? [split(part)] : [])));
  const [first, second] = parts.filter((part) => !part.includes('='));
  const clip = strength(named.get('te') ?? first) ?? 1;
  return { name, model: strength(named.get('unet') ?? second) ?? clip, clip };
}

function split(part: string): [key: string, value: string] {
  const at = part.indexOf('=');
  return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** A strength as it is written, or undefined where it is no number. */
function strength(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
