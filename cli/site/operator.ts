import { hostname, userInfo } from 'node:os';
import type { Identity } from '../../core/audit/audit.ts';
import { NobodyError } from '../command/nobody-error.ts';

/** The program's name in the audit headers, in the broker's logs and in quotas. */
export const CLI_PRODUCER = 'klaxon-cli';

/** Who types, as the operating system knows (decision 12). Throws where it knows nobody: then nothing may be written. */
export function operatorIdentity(): Identity {
  return { user: userName(), producer: CLI_PRODUCER, host: hostname() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new NobodyError(process.getuid?.(), cause);
  }
}
