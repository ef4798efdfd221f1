import { createHash } from 'node:crypto';
import type { PageToServe } from './answer-page.ts';

/** Serves a page under a policy that lets it run its own script and styles, open a socket to `hosts`, and no more. */
export function servePage(html: string, hosts: readonly string[], frame: string | null = null): PageToServe {
  const policy = [
    "default-src 'none'",
    `script-src ${hashesOf('script', html)}`,
    `style-src ${hashesOf('style', html)}`,
    'img-src data:',
    `connect-src ${hosts.map((host) => `ws://${host}`).join(' ')}`,
    ...(frame === null ? [] : [`frame-src ${frame}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    html,
    headers: {
      'Content-Security-Policy': policy.join('; '),
      'Referrer-Policy': 'no-referrer',
    },
  };
}

function hashesOf(tag: 'script' | 'style', html: string): string {
  const blocks = [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))];
  return blocks
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');
}
