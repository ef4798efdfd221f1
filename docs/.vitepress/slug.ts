/**
 * The anchor of a heading, as forges make it: lower case, hyphens for spaces, and neither marks nor punctuation.
 *
 * The site takes it in place of its own, so that a link to a heading leads there in both.
 */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
