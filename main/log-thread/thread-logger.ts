import type { LogFields, Logger } from '../logging/logger.ts';
import type { FromThread } from './messages.ts';

/** A logger whose lines are written by main: one file has one writer. */
export function createThreadLogger(post: (message: FromThread) => void): Logger {
  const write = (level: 'info' | 'warn' | 'error', text: string, fields: LogFields = {}) =>
    post({ message: 'logged', level, text, fields: plainFields(fields) });
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

/** Values that another thread can be given: what is neither plain nor an error becomes text. */
function plainFields(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([name, value]) => [name, plainValue(value)]);
  return Object.fromEntries(entries);
}

function plainValue(value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
