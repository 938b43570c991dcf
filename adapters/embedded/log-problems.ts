import type { LogProblem } from '../../core/ports/alarm-log.ts';

/** The topic does not exist in this log. */
export function topicMissing(topics: readonly string[]): LogProblem {
  const names = topics.join(', ');
  return {
    code: 'TopicMissing',
    message: `The alarm log has no topic ${names}.`,
    remedy: 'Create the missing topics; reading begins by itself once they are there.',
    isRetriable: true,
  };
}

/** The record is larger than its topic takes; `size` and `limit` in bytes. */
export function recordTooLarge(topic: string, size: number, limit: number): LogProblem {
  return {
    code: 'RecordTooLarge',
    message: `A record of ${size} bytes was refused: topic ${topic} takes at most ${limit} bytes.`,
    remedy: 'Shorten the text of the record, or raise max.message.bytes of the topic.',
    isRetriable: false,
  };
}

/** The log was closed by its owner. */
export function logClosed(): LogProblem {
  return {
    code: 'Closed',
    message: 'The alarm log has been closed, so nothing can be written to it.',
    remedy: 'Start the program again.',
    isRetriable: false,
  };
}

/** No room on the disk of the store: nothing was appended, what is there can still be read. */
export function diskFull(folder: string): LogProblem {
  return {
    code: 'DiskFull',
    message: `The disk that holds ${folder} is full, so the record was not written.`,
    remedy: 'Free some space; writing goes on by itself with the next command.',
    isRetriable: true,
  };
}

/** Another process, or another part of this one, holds the store. */
export function storeInUse(folder: string): LogProblem {
  return {
    code: 'StoreInUse',
    message: `The alarm store ${folder} is already open in another program.`,
    remedy: 'Close the other program, or choose another folder.',
    isRetriable: true,
  };
}

/** The operating system lets this user not at the files of the store. */
export function storeForbidden(folder: string): LogProblem {
  return {
    code: 'NotAuthorized',
    message: `The alarm store ${folder} may not be opened by this user.`,
    remedy: 'Work as the user whose console it belongs to.',
    isRetriable: false,
  };
}

/** The store does not hold what it should; `reason` names the first thing that was found. */
export function storeDamaged(folder: string, reason: string): LogProblem {
  return {
    code: 'StoreDamaged',
    message: `The alarm store ${folder} is damaged: ${reason}.`,
    remedy: 'Start the program again: it keeps the damaged store aside and begins a new one.',
    isRetriable: false,
  };
}

/** The damaged store now lies at `aside`, untouched, and a new empty one has been opened in its place. */
export function storeSetAside(folder: string, aside: string, reason: string): LogProblem {
  return {
    code: 'StoreDamaged',
    message: `The alarm store ${folder} was damaged (${reason}); a new empty one has been opened.`,
    remedy: `The damaged store is kept at ${aside}; alarms and shelves in it must be set anew.`,
    isRetriable: false,
  };
}

/** The store was written in a form that this version cannot read; it is left as it is. */
export function storeTooNew(folder: string, format: number): LogProblem {
  return {
    code: 'Unexpected',
    message: `The alarm store ${folder} has format ${format}, which this version cannot read.`,
    remedy: 'Use the newer version of Klaxon that wrote it, or choose another folder.',
    isRetriable: false,
  };
}

/** Where the store is to be, no folder can be: `fault` ends the sentence. */
export function storeImpossible(folder: string, fault: string): LogProblem {
  return {
    code: 'Unexpected',
    message: `No alarm store can be kept in ${folder}: ${fault}.`,
    remedy: 'Choose another folder.',
    isRetriable: false,
  };
}

/** Anything that no other problem names; `attempted` says what was being done. */
export function unexpectedProblem(attempted: string, cause: unknown): LogProblem {
  return {
    code: 'Unexpected',
    message: `${attempted} failed: ${describeCause(cause)}.`,
    remedy: 'Try again; if it stays, report the message with the log file of the program.',
    isRetriable: true,
  };
}

/** One line of what a thrown value says, its causes included. */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) {
    return String(cause);
  }
  const inner = cause.cause === undefined ? '' : ` (${describeCause(cause.cause)})`;
  return `${cause.message}${inner}`;
}
