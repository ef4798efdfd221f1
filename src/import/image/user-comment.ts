/**
 * Decodes a UserComment of EXIF, whose first eight bytes name its code: UTF-16 behind "UNICODE", and UTF-8 for the rest.
 *
 * The WebUI writes UTF-16 with the high byte first, other tools with the low one. Infotexts are mostly of letters whose
 * high byte is 0, so that is the one that is 0 more often.
 */
export function decodeUserComment(bytes: Uint8Array): string {
  const code = new TextDecoder('latin1').decode(bytes.subarray(0, codeLength));
  const text = bytes.subarray(codeLength);
  const encoding = code === 'UNICODE\0' ? utf16Of(text) : 'utf-8';
  return new TextDecoder(encoding).decode(text);
}

const codeLength = 8;

function utf16Of(text: Uint8Array): string {
  const zerosAt = (place: number) => text.filter((byte, index) => byte === 0 && index % 2 === place).length;
  return zerosAt(0) < zerosAt(1) ? 'utf-16le' : 'utf-16be';
}
