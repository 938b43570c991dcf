/** Facts beside a log line; never built into its text. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the console's own doings are written down. Each failure is logged once, at the border that handles it. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
