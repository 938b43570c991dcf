import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';

/** One request as it goes out. */
export interface HttpQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Given: it is posted; absent: it is only asked. */
  readonly body: string | undefined;
  /** From the start to the end of the answer, redirections included. */
  readonly timeoutMs: number;
  /** More than this of an answer is not read. */
  readonly largestAnswer: number;
}

/** What came back; the text is null where it was longer than allowed. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string | null;
}

/** The time was over before the answer was. */
export class HttpTimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Asks over HTTP. Node's own client and not `fetch`, which takes 40 ms to load: half of what a short command needs in all.
 * Follows up to five redirections; throws what the system says where nothing answers.
 */
export async function exchange(question: HttpQuestion): Promise<HttpAnswer> {
  const overAtMs = performance.now() + question.timeoutMs;
  let url = new URL(question.url);
  for (let hops = 0; ; hops += 1) {
    const leftMs = Math.max(1, overAtMs - performance.now());
    const { status, text, location } = await askOnce(url, question, leftMs);
    if (location === undefined || hops === REDIRECTIONS) return { status, text };
    const next = new URL(location, url);
    // A log-in is meant for the registry, and for nobody that it sends us to.
    if (next.origin !== url.origin && 'authorization' in question.headers) return { status, text };
    url = next;
  }
}

const REDIRECTIONS = 5;
/** Those that keep method and body, and those that all clients follow for a plain question. */
const KEEPING: readonly number[] = [307, 308];
const MOVED: readonly number[] = [301, 302, 303, 307, 308];

interface Hop extends HttpAnswer {
  readonly location: string | undefined;
}

async function askOnce(url: URL, question: HttpQuestion, withinMs: number): Promise<Hop> {
  try {
    return await askFresh(url, question, withinMs);
  } catch (error) {
    // A kept connection that the other side closed at this very moment says nothing about the registry.
    if (error instanceof StaleConnectionError) return askFresh(url, question, withinMs);
    throw error;
  }
}

function askFresh(url: URL, question: HttpQuestion, withinMs: number): Promise<Hop> {
  const { body, headers, largestAnswer } = question;
  const method = body === undefined ? 'GET' : 'POST';
  const ask = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = ask(url, { method, headers: { ...headers, ...length } }, (response) => {
      readAll(response, largestAnswer).then((text) => {
        const status = response.statusCode ?? 0;
        resolve({ status, text, location: locationOf(response, method) });
      }, reject);
    });
    const timer = setTimeout(() => request.destroy(new HttpTimeoutError()), withinMs);
    request.once('close', () => clearTimeout(timer));
    request.once('error', (error) => {
      const isStale = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      reject(isStale ? new StaleConnectionError() : error);
    });
    request.end(body);
  });
}

class StaleConnectionError extends Error {}

function locationOf({ statusCode = 0, headers }: IncomingMessage, method: string) {
  const followed = method === 'GET' ? MOVED : KEEPING;
  return followed.includes(statusCode) ? headers.location : undefined;
}

function readAll(response: IncomingMessage, largest: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largest) chunks.push(chunk);
      else {
        resolve(null);
        response.destroy();
      }
    });
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.once('error', reject);
  });
}
