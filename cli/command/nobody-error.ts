import type { Complaint } from './outcome.ts';

/**
 * The operating system has no name for who types, so nothing is written: no record may leave it open who wrote it. It is
 * thrown, since every command that writes ends with it in the same way, whatever it was about to say.
 */
export class NobodyError extends Error {
  readonly complaint: Complaint;

  constructor(uid: number | undefined, cause: unknown) {
    const account = uid === undefined ? 'This account' : `The account ${uid}`;
    const message = `${account} has no name on this computer, so nothing was written: every record says who wrote it.`;
    super(message, { cause });
    this.complaint = {
      message,
      remedy:
        'Run this as a user that the computer knows; in a container, name the account in /etc/passwd.',
    };
  }
}
