import { hostname, userInfo } from 'node:os';
import type { Identity } from '../../core/audit/audit.ts';

/** The program's name in the audit headers, in the broker's logs and in quotas. */
export const CLI_PRODUCER = 'klaxon-cli';

/** Who types, as the operating system knows (decision 12). Throws where it knows nobody: then nothing may be written. */
export function operatorIdentity(): Identity {
  return { user: userInfo().username, producer: CLI_PRODUCER, host: hostname() };
}
