import { hostname, userInfo } from 'node:os';
import type { Identity } from '../../core/audit/audit.ts';

/** The desktop's name in the audit headers. */
export const CONSOLE_PRODUCER = 'klaxon-console';

/** Who works at this console, as the operating system knows (decision 12). Throws where it knows nobody: then nothing may be written. */
export function operatorIdentity(): Identity {
  return { user: userInfo().username, producer: CONSOLE_PRODUCER, host: hostname() };
}
