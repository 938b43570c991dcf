/** Least important first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a person or a program that watches the service should know: one JSON object a line. */
export interface ServiceLogger {
  /** `event` in one word, as the service's documents have it; the fields beside it. */
  tell(level: LogLevel, event: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface ServiceLoggerOptions {
  readonly service: string;
  /** What is less important is not written. */
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly now: () => number;
}

/** Lines as `{"at", "level", "service", "event", …}`; what cannot be written as JSON is left out of them. */
export function createServiceLogger(options: ServiceLoggerOptions): ServiceLogger {
  const { service, write, now } = options;
  const least = LOG_LEVELS.indexOf(options.level);
  return {
    tell(level, event, fields = {}) {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const at = new Date(now()).toISOString();
      write(`${JSON.stringify({ at, level, service, event, ...fields })}\n`);
    },
  };
}
