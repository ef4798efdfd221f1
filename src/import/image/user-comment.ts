import { decodeBytes } from './decode-bytes.ts';

/**
 * Decodes a UserComment of EXIF: UTF-16 where it has bytes of 0 before its end, else UTF-8, whatever its code says. The
 * standard means UTF-16 by "UNICODE", and tools write UTF-8 behind that code, and UTF-16 behind none.
 *
 * The WebUI writes UTF-16 with the high byte first, other tools with the low one. Infotexts are mostly of letters whose
 * high byte is 0, so that is the one that is 0 more often.
 */
export function decodeUserComment(bytes: Uint8Array): string {
  const code = new TextDecoder('latin1').decode(bytes.subarray(0, codeLength));
  const text = codes.has(code) ? bytes.subarray(codeLength) : bytes;
  const end = text.findLastIndex((byte) => byte !== 0) + 1;
  if (text.subarray(0, end).includes(0))
    return new TextDecoder(utf16Of(text)).decode(text).replace(/\0{1,8}$/, '');
  return decodeBytes(text.subarray(0, end));
}

const codeLength = 8;
const codes: ReadonlySet<string> = new Set([
  'ASCII\0\0\0',
  'JIS\0\0\0\0\0',
  'UNICODE\0',
  '\0'.repeat(codeLength),
]);

function utf16Of(text: Uint8Array): string {
  const zerosAt = (place: number) => text.filter((byte, index) => byte === 0 && index % 2 === place).length;
  return zerosAt(0) < zerosAt(1) ? 'utf-16le' : 'utf-16be';
}
