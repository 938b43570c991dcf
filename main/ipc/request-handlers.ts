import type { Result } from '../../core/lib/result.ts';
import type { RequestName } from '../../ipc/channels.ts';
import type { IpcError, RequestInput, RequestOutput } from '../../ipc/contract.ts';

/** The window that asks; the same number as long as it is open. */
export type WindowId = number;

/** What a request is answered: the output of the contract, or a typed error. Never silence. */
export type Answer<N extends RequestName> = Result<RequestOutput<N>, IpcError>;

/** One handler for each request of the contract; the compiler refuses a forgotten one. The input has been parsed. */
export type RequestHandlers = {
  readonly [N in RequestName]: (
    input: RequestInput<N>,
    from: WindowId,
  ) => Answer<N> | Promise<Answer<N>>;
};
