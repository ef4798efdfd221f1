import { visible } from '../src/visible.ts';

/** A text as XML and HTML take it, in an attribute too. */
export function escapeXml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
