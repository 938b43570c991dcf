import * as z from 'zod/mini';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import { exchange } from './http-exchange.ts';
import {
  notAnAddress,
  notARegistry,
  problemOfExchange,
  problemOfStatus,
} from './schema-problem.ts';

/** Where the registry is and how long one question may take. */
export interface RegistryAddress {
  /** With the path under which its API lies, where it has one. */
  readonly url: string;
  readonly timeoutMs: DurationMs;
  readonly user?: string;
  readonly password?: string;
}

/** One question to the registry. */
export interface RegistryQuestion<T> {
  readonly path: string;
  readonly answer: z.ZodMiniType<T>;
  /** Given: it is posted; absent: it is only asked. */
  readonly body?: unknown;
}

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
const LARGEST_ANSWER = 8 * 1024 * 1024;
const ERROR_ANSWER = z.object({ error_code: z.number(), message: z.optional(z.string()) });

/**
 * Asks a Confluent-compatible registry, and answers what it said or what is wrong in words for an operator. Answers
 * within the time limit, keeps no more than 8 MiB of an answer, and never throws.
 */
export async function askRegistry<T>(
  address: RegistryAddress,
  question: RegistryQuestion<T>,
): Promise<Result<T, SchemaProblem>> {
  const url = address.url.replace(/\/+$/, '');
  const base = withoutPassword(url);
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return failure(notAnAddress(base));
  try {
    const { status, text } = await exchange({
      url: url + question.path,
      headers: headersOf(address, question),
      body: question.body === undefined ? undefined : JSON.stringify(question.body),
      timeoutMs: address.timeoutMs,
      largestAnswer: LARGEST_ANSWER,
    });
    return text === null
      ? failure(notARegistry(base, 'an answer without end'))
      : judge(base, status, text, question.answer);
  } catch (error) {
    return failure(problemOfExchange(base, error, address.timeoutMs));
  }
}

/** An address may hold a log-in; what is said of it is read by others. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^/:@]*):[^/@]*@/, '$1@');
}

function headersOf<T>(
  { user, password }: RegistryAddress,
  { body }: RegistryQuestion<T>,
): Record<string, string> {
  const headers: Record<string, string> = { accept: `${MEDIA_TYPE}, application/json` };
  if (user !== undefined) {
    const login = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
    headers['authorization'] = `Basic ${login}`;
  }
  if (body !== undefined) headers['content-type'] = MEDIA_TYPE;
  return headers;
}

function judge<T>(
  url: string,
  status: number,
  text: string,
  answer: z.ZodMiniType<T>,
): Result<T, SchemaProblem> {
  const json = parseJson(text);
  if (status < 300) {
    const parsed = answer.safeParse(json);
    return parsed.success ? ok(parsed.data) : failure(notARegistry(url, nameOf(text, json)));
  }
  const error = ERROR_ANSWER.safeParse(json);
  if (error.success) {
    return failure(problemOfStatus(url, status, error.data.message ?? 'no reason given'));
  }
  // A proxy answers for a registry that is down, and asks for a log-in, with pages of its own.
  if (status >= 500 || status === 401 || status === 403) {
    return failure(problemOfStatus(url, status, nameOf(text, json)));
  }
  return failure(notARegistry(url, `${nameOf(text, json)} with status ${status}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nameOf(text: string, json: unknown): string {
  if (json !== undefined) return 'other JSON';
  if (text.trim() === '') return 'an empty answer';
  return /^\s*</.test(text) ? 'a web page' : 'text';
}
