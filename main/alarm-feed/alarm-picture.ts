import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { FeedStatus } from '../../ipc/contract.ts';

/** What a feed needs of the picture that main folds from the log, always as of now by the broker's time. */
export interface AlarmPicture {
  /** Whether the replay has come to the end of the log at least once: before that, rows would show a past as the present. */
  isWhole(): boolean;
  names(): readonly AlarmName[];
  /** Null where the alarm no longer exists. */
  row(name: AlarmName): AlarmRow | null;
  counts(): AlarmCounts;
  status(): FeedStatus;
  /** Calls with the names whose rows may differ; with none where only the status may. Answers how to stop. */
  onChange(listener: (names: readonly AlarmName[]) => void): () => void;
}
