import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { listenFault } from './listen-fault.ts';

/** One page, made when it is asked for. */
export interface StatusPage {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

export interface StatusServer {
  /** `host:port` as it stands in a URL. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Answers pages by path to GET and HEAD. Refused where the address cannot be had, with why in a sentence. */
export function startStatusServer(
  address: { readonly host: string; readonly port: number },
  pages: Readonly<Record<string, () => StatusPage>>,
): Promise<Result<StatusServer, string>> {
  const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').split('?')[0] ?? '';
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') send(response, NOT_ALLOWED);
    else send(response, page === undefined ? NOT_FOUND : page());
  });
  server.headersTimeout = SLOWEST_MS;
  server.requestTimeout = SLOWEST_MS;
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const place = addressText(address.host, address.port);
      resolve(failure(`The address ${place} for /health cannot be had: ${listenFault(error)}.`));
    });
    server.listen(address, () => {
      const port = portOf(server.address());
      resolve(ok({ address: addressText(address.host, port), port, close: () => closed(server) }));
    });
  });
}

/** Who asks for a page of a few lines is done sooner. */
const SLOWEST_MS = 5_000;
const NOT_FOUND: StatusPage = { code: 404, type: 'text/plain', body: 'not found\n' };
const NOT_ALLOWED: StatusPage = { code: 405, type: 'text/plain', body: 'only GET\n' };

function send(response: ServerResponse, { code, type, body }: StatusPage): void {
  response.writeHead(code, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function addressText(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
