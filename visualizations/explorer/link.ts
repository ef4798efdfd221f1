import { deflateSync, inflateSync } from 'fflate';
import { Exploration } from './exploration.ts';

/** A link longer than this is neither written nor read. Chat programs and proxies cut longer ones. */
export const longestLink = 6000;

/** Stands before a run that is compressed. It is no letter of Base64. */
const compressed = '.';

/** Writes an exploration as the hash of a link, compressed where it would be too long otherwise, or `null` where it is even so. */
export function writeLink(exploration: Exploration): string | null {
  const bytes = new TextEncoder().encode(JSON.stringify(exploration));
  const plain = `#${toBase64Url(bytes)}`;
  if (plain.length <= longestLink) return plain;
  const dense = `#${compressed}${toBase64Url(deflateSync(bytes))}`;
  return dense.length <= longestLink ? dense : null;
}

/** Reads the hash of a link. `null`: it is too long, damaged, or not of this page. */
export function readLink(hash: string): Exploration | null {
  if (hash.length > longestLink) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(hash.slice(1)));
    return Exploration.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A link inflates to a thousand times its length at most, which its bound holds to a few megabytes. */
function bytesOf(text: string): Uint8Array {
  return text.startsWith(compressed)
    ? inflateSync(fromBase64Url(text.slice(compressed.length)))
    : fromBase64Url(text);
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
