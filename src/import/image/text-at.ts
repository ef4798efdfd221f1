/** The bytes of a file at a place as characters, one for each: how formats write their signatures and names. */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
