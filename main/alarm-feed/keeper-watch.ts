import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import type { EpochMs } from '../../core/lib/units.ts';

/** A keeper that runs has written its word on an open occurrence well before this. */
const GRACE_MS = 10_000;

/** Tells whether a keeper looks after this log (decision 15), by what it writes. */
export interface KeeperWatch {
  look(state: AlarmState | undefined): void;
  /** False once alarms have stood for a while without a word of a keeper on any. */
  isSeen(counts: AlarmCounts, now: EpochMs): boolean;
}

/** Of a log without the keeper's topic none can be seen. */
export function createKeeperWatch(hasKeeperTopic: boolean): KeeperWatch {
  let hasWritten = false;
  let standingSinceAt: EpochMs | null = null;
  return {
    look(state) {
      if (state !== undefined && state.snapshot !== null) hasWritten = true;
    },
    isSeen(counts, now) {
      if (!hasKeeperTopic) return false;
      if (hasWritten) return true;
      const isStanding = counts.unacknowledged + counts.acknowledged + counts.returned > 0;
      if (!isStanding) standingSinceAt = null;
      else standingSinceAt ??= now;
      return standingSinceAt === null || now - standingSinceAt < GRACE_MS;
    },
  };
}
