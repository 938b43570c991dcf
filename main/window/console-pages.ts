import { readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { Protocol } from 'electron';
import { CONSOLE_BASE, CONSOLE_SCHEME, PAGE_HEADERS } from './content-policy.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What a page asked for, as bytes with their type; null where there is no such page of ours. */
export interface ConsolePage {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/** Makes the console's scheme a secure origin of its own. To be called before the app is ready. */
export function announceConsoleScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>) {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: CONSOLE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built renderer in `folder` under {@link CONSOLE_BASE}, each answer with the content policy. */
export function serveConsolePages(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(CONSOLE_SCHEME, async (request) => {
    const page = await readConsolePage(folder, request.url);
    if (page === null) return new Response('not found', { status: 404, headers: PAGE_HEADERS });
    const headers = { ...PAGE_HEADERS, 'content-type': page.mediaType };
    return new Response(page.body, { headers });
  });
}

/** Reads a page of the folder; an address outside of it, or of an unknown kind of file, is no page. */
export async function readConsolePage(
  folder: string,
  address: string,
): Promise<ConsolePage | null> {
  const path = pathOf(folder, address);
  if (path === null) return null;
  const mediaType = MEDIA_TYPES[extname(path)];
  if (mediaType === undefined) return null;
  try {
    return { body: new Uint8Array(readFileSync(path)), mediaType };
  } catch {
    return null;
  }
}

function pathOf(folder: string, address: string): string | null {
  if (!address.startsWith(CONSOLE_BASE)) return null;
  const asked = decoded(new URL(address).pathname);
  if (asked === null || asked.includes('\0')) return null;
  const path = normalize(join(folder, asked === '/' ? '/index.html' : asked));
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
