import { join } from 'node:path';
import log from 'electron-log/node.js';
import type { LogFields, Logger } from './logger.ts';

/** The log file is begun anew at this size, in bytes; the one before is kept beside it. */
const MAX_BYTES = 5_000_000;

/** Writes one JSON object a line into `logs/main.log` in the user's folder; warnings and errors also to the terminal. */
export function createElectronLogger(userFolder: string): Logger {
  log.transports.file.resolvePathFn = () => join(userFolder, 'logs', 'main.log');
  log.transports.file.maxSize = MAX_BYTES;
  log.transports.file.format = '{text}';
  log.transports.console.level = 'warn';
  log.transports.console.format = '{text}';
  const write = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => {
    log[level](JSON.stringify({ ...fields, at: new Date().toISOString(), level, message }, plain));
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

/** Errors hold nothing that JSON would take. */
function plain(_: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
