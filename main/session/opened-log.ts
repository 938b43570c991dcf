import type { Result } from '../../core/lib/result.ts';
import type { AlarmLog, LogProblem } from '../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';

/** A log that a session has opened, with the schemas of its records. */
export interface OpenedLog {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  /** What the user must be told about how it was opened, e.g. that a damaged store was set aside. */
  readonly notices: readonly string[];
  /** Ends what belongs to it (log, registry client). */
  close(): Promise<void>;
}

/** Opens the log of the profile; a session tries again with back-off where it fails. */
export type OpenLog = () => Promise<Result<OpenedLog, LogProblem>>;

/** Something that runs on an opened log until it is closed. */
export interface Running {
  close(): Promise<void>;
}
