import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A page with the headers that it is served under, beside those that every page has. */
export interface PageToServe {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers a request for a page, compressed for who takes that, and refuses every other.
 *
 * A request under another host name is refused: a site whose name resolves to loopback could read the page otherwise. So is one
 * that a page of another origin makes.
 */
export function answerPage(
  { headers, method, url }: IncomingMessage,
  response: ServerResponse,
  page: PageToServe,
): void {
  const status = statusFor(headers, method, url);
  const text = status === 200 ? page.html : `${status}\n`;
  const isCompressed = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  const body = isCompressed ? gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    'Content-Type': `text/${status === 200 ? 'html' : 'plain'}; charset=utf-8`,
    'Content-Length': body.length,
    ...(isCompressed && { 'Content-Encoding': 'gzip' }),
    ...(status === 405 && { Allow: methods.join(', ') }),
    Vary: 'Accept-Encoding',
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ...page.headers,
  });
  response.end(method === 'HEAD' ? '' : body);
}

const methods: readonly string[] = ['GET', 'HEAD'];

/** The port may be another, where somebody forwards one of this machine's. */
function statusFor({ host = '', origin }: IncomingHttpHeaders, method = '', url = ''): number {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return 421;
  if (origin !== undefined && origin !== `http://${host}`) return 403;
  if (!methods.includes(method)) return 405;
  return /^\/(\?|$)/.test(url) ? 200 : 404;
}
