import type { Size } from '../../size.ts';

/** The size of a PNG in base64, or null for anything else. A size stands in its first 24 bytes. */
export function pngSize(base64: string): Size | null {
  const head = base64.replace(/^data:[^,]{0,100},/, '').slice(0, 32);
  if (!/^iVBORw0KGgo[A-Za-z0-9+/]{21}$/.test(head)) return null;
  const bytes = Uint8Array.from(atob(head), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
