import { decodeBytes } from './decode-bytes.ts';

/**
 * Decodes a UserComment of EXIF: UTF-16 behind the code "UNICODE", and UTF-8 behind any other, or behind none.
 *
 * The WebUI writes UTF-16 with the high byte first, other tools with the low one. Infotexts are mostly of letters whose
 * high byte is 0, so that is the one that is 0 more often.
 */
export function decodeUserComment(bytes: Uint8Array): string {
  const code = new TextDecoder('latin1').decode(bytes.subarray(0, codeLength));
  const text = bytes.subarray(codeLength);
  if (code === 'UNICODE\0') return new TextDecoder(utf16Of(text)).decode(text);
  return decodeBytes(codes.has(code) ? text : bytes).replace(/\0{1,8}$/, '');
}

const codeLength = 8;
const codes: ReadonlySet<string> = new Set(['ASCII\0\0\0', 'JIS\0\0\0\0\0', '\0'.repeat(codeLength)]);

function utf16Of(text: Uint8Array): string {
  const zerosAt = (place: number) => text.filter((byte, index) => byte === 0 && index % 2 === place).length;
  return zerosAt(0) < zerosAt(1) ? 'utf-16le' : 'utf-16be';
}
