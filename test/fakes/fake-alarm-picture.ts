import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { FeedStatus } from '../../ipc/contract.ts';
import type { AlarmPicture } from '../../main/alarm-feed/alarm-picture.ts';
import { aFeedStatus } from '../builders/a-feed-status.ts';

/** A picture that a test paints row by row. */
export interface FakeAlarmPicture extends AlarmPicture {
  put(...rows: readonly AlarmRow[]): void;
  remove(...names: readonly AlarmName[]): void;
  setStatus(overrides: Partial<FeedStatus>): void;
  setWhole(isWhole: boolean): void;
  listeners(): number;
}

export function createFakeAlarmPicture(rows: readonly AlarmRow[] = []): FakeAlarmPicture {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const listeners = new Set<(names: readonly AlarmName[]) => void>();
  let status = aFeedStatus();
  let isWhole = true;
  const tell = (names: readonly AlarmName[]) => {
    for (const listener of listeners) listener(names);
  };
  return {
    isWhole: () => isWhole,
    names: () => [...byName.keys()],
    row: (name) => byName.get(name) ?? null,
    counts: () => countsOf(byName.size),
    status: () => status,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put(...changed) {
      for (const row of changed) byName.set(row.name, row);
      tell(changed.map((row) => row.name));
    },
    remove(...names) {
      for (const name of names) byName.delete(name);
      tell(names);
    },
    setStatus(overrides) {
      status = { ...status, ...overrides };
      tell([]);
    },
    setWhole(value) {
      isWhole = value;
      tell([]);
    },
    listeners: () => listeners.size,
  };
}

function countsOf(registered: number): AlarmCounts {
  return {
    registered,
    notRegistered: 0,
    normal: 0,
    unacknowledged: registered,
    acknowledged: 0,
    returned: 0,
    shelved: 0,
    suppressed: 0,
    outOfService: 0,
    undecodable: 0,
  };
}
