import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { failure } from '../../core/lib/result.ts';
import type { RequestName } from '../../ipc/channels.ts';
import type { IpcError } from '../../ipc/contract.ts';
import type { Logger } from '../logging/logger.ts';
import type { Answer, RequestHandlers } from './request-handlers.ts';
import { ROUTES } from './routes.ts';
import { distrustOf, type MessageSender, type TrustedPages } from './trusted-sender.ts';

/** How requests are answered, whatever their name. */
export interface RequestDesk {
  readonly handlers: RequestHandlers;
  readonly trusted: TrustedPages;
  readonly logger: Logger;
  /** In development and tests: an answer that is not exactly what the contract says becomes `Failed`. */
  readonly isOutputChecked: boolean;
}

/**
 * Answers one request: sender checked, input parsed and the parsed value passed on, output checked where asked for.
 * Never throws: every failure is a typed error (`BadSender`, `BadInput`, `Failed`) and is logged once here.
 */
export async function answerRequest<N extends RequestName>(
  desk: RequestDesk,
  name: N,
  sender: MessageSender,
  raw: unknown,
): Promise<Answer<N>> {
  const distrust = distrustOf(sender, desk.trusted);
  if (distrust !== null) return refuse(desk, name, { code: 'BadSender', message: distrust });
  const input = ROUTES[name].input.safeParse(raw);
  if (!input.success) return refuse(desk, name, badInput(name, input.error));
  try {
    const answer = await desk.handlers[name](input.data, sender.windowId);
    return desk.isOutputChecked ? checkedAnswer(desk, name, answer) : answer;
  } catch (thrown) {
    return refuse(desk, name, failed(name, thrown));
  }
}

function checkedAnswer<N extends RequestName>(
  desk: RequestDesk,
  name: N,
  answer: Answer<N>,
): Answer<N> {
  if (!answer.ok) return answer;
  const output = ROUTES[name].output.safeParse(answer.value);
  if (!output.success) return refuse(desk, name, badOutput(name, z.prettifyError(output.error)));
  if (isDeepStrictEqual(output.data, answer.value)) return answer;
  return refuse(desk, name, badOutput(name, 'it holds a field that the contract does not know'));
}

function refuse<N extends RequestName>(desk: RequestDesk, name: N, error: IpcError): Answer<N> {
  const { code, message: reason, details } = error;
  desk.logger.warn('request refused', { request: name, code, reason, details });
  return failure(error);
}

function badInput(name: RequestName, error: z.ZodError): IpcError {
  return {
    code: 'BadInput',
    message: `The request ${name} does not have the form that the contract asks for.`,
    details: z.prettifyError(error),
  };
}

function badOutput(name: RequestName, details: string): IpcError {
  return {
    code: 'Failed',
    message: `The answer to ${name} does not have the form that the contract promises.`,
    details,
  };
}

function failed(name: RequestName, thrown: unknown): IpcError {
  return {
    code: 'Failed',
    message: `The request ${name} failed inside the console; the log file says more.`,
    details: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  };
}
