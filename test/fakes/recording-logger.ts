import type { LogFields, Logger } from '../../main/logging/logger.ts';

/** A logger that keeps what it was told. */
export interface RecordingLogger extends Logger {
  readonly lines: {
    readonly level: string;
    readonly message: string;
    readonly fields?: LogFields | undefined;
  }[];
}

export function createRecordingLogger(): RecordingLogger {
  const lines: RecordingLogger['lines'] = [];
  return {
    lines,
    info: (message, fields) => lines.push({ level: 'info', message, fields }),
    warn: (message, fields) => lines.push({ level: 'warn', message, fields }),
    error: (message, fields) => lines.push({ level: 'error', message, fields }),
  };
}
