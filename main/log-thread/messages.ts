import type { Identity } from '../../core/audit/audit.ts';
import type { EventName, RequestName } from '../../ipc/channels.ts';
import type { EventPayload, RequestInput } from '../../ipc/contract.ts';
import type { StartArguments } from '../console/start-arguments.ts';
import type { WindowId } from '../ipc/request-handlers.ts';
import type { LogFields } from '../logging/logger.ts';
import type { LogProfile } from '../session/log-profile.ts';

/** What the thread is started with. */
export interface ThreadStart {
  readonly profile: LogProfile;
  readonly identity: Identity;
  readonly version: string;
  readonly start: StartArguments;
}

/** What the user has chosen and must be told, as far as the session shows it. */
export interface SessionWords {
  /** Base address of the guidance documents. */
  readonly documentBase: string;
  readonly notices: readonly string[];
}

/** Requests of the contract that are answered from the log; preferences are main's own. */
export type LogRequestName = Exclude<RequestName, `preferences:${string}`>;

/** One request of a window; `input` has been parsed by main. */
export interface ThreadRequest<N extends LogRequestName = LogRequestName> {
  readonly message: 'request';
  readonly id: number;
  readonly name: N;
  readonly input: RequestInput<N>;
  readonly from: WindowId;
}

/** What main sends first, once. */
export interface FirstToThread {
  readonly message: 'start';
  readonly start: ThreadStart;
}

/** From main to the thread that has started. */
export type ToThread =
  | ThreadRequest
  | { readonly message: 'pageLost'; readonly windowId: WindowId }
  | { readonly message: 'words'; readonly words: SessionWords }
  /** End what is open, then the thread itself. */
  | { readonly message: 'close' };

/** One event of the contract, for one window, or for all (null). */
export interface ThreadEvent<N extends EventName = EventName> {
  readonly message: 'event';
  readonly windowId: WindowId | null;
  readonly name: N;
  readonly payload: EventPayload<N>;
}

/** From the thread to main. */
export type FromThread =
  /** `answer` is held against the contract by main. */
  | { readonly message: 'answer'; readonly id: number; readonly answer: unknown }
  | ThreadEvent
  | {
      readonly message: 'logged';
      readonly level: 'info' | 'warn' | 'error';
      readonly text: string;
      readonly fields: LogFields;
    }
  /** A line for the program that started the console. */
  | { readonly message: 'reported'; readonly line: string }
  /** That program has the table: the picture of the window may follow. */
  | { readonly message: 'screenshotDue' };
