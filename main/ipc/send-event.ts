import { isDeepStrictEqual } from 'node:util';
import type { WebContents } from 'electron';
import * as z from 'zod';
import type { EventName } from '../../ipc/channels.ts';
import { type EventPayload, eventSchemas } from '../../ipc/contract.ts';
import type { Logger } from '../logging/logger.ts';

/** The page that events go to. */
export interface EventTarget {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** A page of Electron as a target; one whose process has ended is gone until it is loaded again. */
export function targetOf(webContents: WebContents): EventTarget {
  return {
    isDestroyed: () => webContents.isDestroyed() || webContents.isCrashed(),
    send: (channel, payload) => webContents.send(channel, payload),
  };
}

/** Sends an event of the contract to one window. Answers false where the window is gone. */
export type SendEvent = <N extends EventName>(name: N, payload: EventPayload<N>) => boolean;

/** In development and tests (`isOutputChecked`) a payload that is not exactly what the contract says is not sent, and logged. */
export function createEventSender(
  target: EventTarget,
  options: { readonly logger: Logger; readonly isOutputChecked: boolean },
): SendEvent {
  return (name, payload) => {
    if (target.isDestroyed()) return false;
    const fault = options.isOutputChecked ? faultOf(name, payload) : null;
    if (fault !== null) {
      options.logger.error('event not sent', { event: name, fault });
      return true;
    }
    target.send(name, payload);
    return true;
  };
}

function faultOf<N extends EventName>(name: N, payload: EventPayload<N>): string | null {
  const parsed = z.safeParse(eventSchemas[name], payload);
  if (!parsed.success) return z.prettifyError(parsed.error);
  return isDeepStrictEqual(parsed.data, payload)
    ? null
    : 'it holds a field that the contract does not know';
}
