import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { slug } from '../../docs/.vitepress/slug.ts';

/** The links and pictures of a page that lead nowhere: to no file (a folder is none, on a site), or to no heading of it. Those to elsewhere are not followed. */
export function brokenLinks(page: string): readonly string[] {
  return linksOf(readFileSync(page, 'utf8')).filter((link) => {
    const [path = '', anchor = ''] = link.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return true;
    return anchor !== '' && !(file.endsWith('.md') && anchorsOf(readFileSync(file, 'utf8')).has(anchor));
  });
}

const link = /\]\(([^)\s]+)\)|(?:href|src|srcset)="([^"]+)"/g;

function linksOf(text: string): readonly string[] {
  const links = Array.from(prose(text).matchAll(link), ([, marked, tagged]) => marked ?? tagged ?? '');
  return links.filter((address) => !/^[a-z]+:/.test(address));
}

/** The anchors of a page: its own, and those of its headings, of which those of one name are numbered. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set(Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id));
  for (const [, heading = ''] of prose(text).matchAll(/^#+ (.*)$/gm)) {
    const name = slug(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** A page without its blocks of code. */
function prose(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}
