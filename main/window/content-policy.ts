/** Scheme and host under which the console's own pages are served; no file of the disk and no server is behind it. */
export const CONSOLE_SCHEME = 'klaxon';
export const CONSOLE_BASE = `${CONSOLE_SCHEME}://console/`;

/** What the console's pages may load: themselves, and nothing else. */
export const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer under {@link CONSOLE_BASE}. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** The base below which all of a page's addresses lie, with its slash: the development server's, or ours. */
export function pageBaseOf(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}/`;
}
