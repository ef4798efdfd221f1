import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './json.ts';

/** SHA-256 of a value's canonical JSON, in hexadecimal: equal values, and only those, have equal hashes. */
export function sha256(value: unknown): string {
  return bytesToHex(digest(utf8ToBytes(canonicalJson(value))));
}
