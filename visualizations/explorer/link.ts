import { Exploration } from './exploration.ts';

/** A link longer than this is neither written nor read. Chat programs and proxies cut longer ones. */
export const longestLink = 6000;

/** Writes an exploration as the hash of a link, or `null` where it would be too long. */
export function writeLink(exploration: Exploration): string | null {
  const hash = `#${toBase64Url(JSON.stringify(exploration))}`;
  return hash.length > longestLink ? null : hash;
}

/** Reads the hash of a link. `null`: it is too long, damaged, or not of this page. */
export function readLink(hash: string): Exploration | null {
  if (hash.length > longestLink) return null;
  try {
    return Exploration.safeParse(JSON.parse(fromBase64Url(hash.slice(1)))).data ?? null;
  } catch {
    return null;
  }
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
