import type { Writable } from 'node:stream';

/** Where a service's log goes. */
export interface LogOutput {
  write(line: string): void;
  /** Lines that nobody could take: the other end of a pipe was closed, or a disk was full. */
  lostLines(): number;
}

/**
 * Writes the log to a stream. A service goes on where its log cannot be written: what it does must not depend on who reads that.
 * How many lines were lost is counted, since there is no other place to tell it.
 */
export function createLogOutput(stream: Writable): LogOutput {
  let lost = 0;
  stream.on('error', () => undefined);
  return {
    write(line) {
      stream.write(line, (error) => {
        if (error !== null && error !== undefined) lost += 1;
      });
    },
    lostLines: () => lost,
  };
}
