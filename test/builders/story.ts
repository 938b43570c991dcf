import { expect } from 'vitest';
import { createAlarmBook } from '../../core/alarm/alarm-book.ts';
import { type AlarmState, unknownAlarm } from '../../core/alarm/alarm-state.ts';
import type { AlarmEvent } from '../../core/alarm/events.ts';
import type { Occurrence } from '../../core/alarm/occurrence.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { viewAlarm } from '../../core/effective-state/view-alarm.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import type { Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { RefusalReason } from '../../core/refusals.ts';
import { at } from './alarm-events.ts';

type Decision = Result<readonly AlarmOrder[], RefusalReason>;

/** A command as a story gives it. */
export type StoryCommand = (state: AlarmState, now: EpochMs) => Decision;

/** The row of channel1 while nothing is known of it: what every story starts from. */
export const QUIET_ROW: AlarmRow = {
  name: alarmName('channel1'),
  actual: 'normal',
  effective: 'normal',
  level: 'NORMAL',
  status: '',
  location: '',
  category: '',
  isRegistered: false,
  isLatching: false,
  canShelve: true,
  hasUndecodable: false,
  sinceAt: null,
  isSinceExact: true,
  acknowledgedBy: null,
  acknowledgedAt: null,
  shelvedUntilAt: null,
  shelvedBy: null,
  shelfReason: null,
  calls: {},
};

/** What a registration of `aRegistration` adds to the row. */
export const REGISTERED_ROW = { isRegistered: true, location: 'INJ', category: 'RF' } as const;

/** A story about channel1: records of the log in the order in which they are read. */
export function given(...events: readonly AlarmEvent[]) {
  const state = stateAfter(events);
  return {
    state,
    /** The whole row at a moment; fields that are not named are those of {@link QUIET_ROW}. */
    shows(row: Partial<AlarmRow>, now: EpochMs = at(1_000)): void {
      expect(viewAlarm(state, now)).toEqual({ ...QUIET_ROW, ...row });
    },
    hasOccurrence(occurrence: Occurrence | null): void {
      expect(state.occurrence).toEqual(occurrence);
    },
    /** A command at a moment, and what is to be written or why it is refused. */
    when(command: StoryCommand, now: EpochMs = at(1_000)) {
      const decision = command(state, now);
      return {
        thenWrites(...orders: readonly Omit<AlarmOrder, 'name'>[]): void {
          const value = orders.map((order) => ({ name: alarmName('channel1'), ...order }));
          expect(decision).toEqual({ ok: true, value });
        },
        thenRefuses(reason: Omit<RefusalReason, 'alarm'>): void {
          expect(decision).toEqual({ ok: false, error: { alarm: 'channel1', ...reason } });
        },
      };
    },
  };
}

/** The state of channel1 after these records, through the book that every reader uses. */
export function stateAfter(events: readonly AlarmEvent[]): AlarmState {
  const book = createAlarmBook();
  for (const event of events) book.apply(event);
  return book.state(alarmName('channel1')) ?? unknownAlarm(alarmName('channel1'));
}

/** The part of the row that says how the alarm stands, without covers. */
export function standing(
  actual: AlarmRow['actual'],
  level: AlarmRow['level'],
  more: Partial<AlarmRow> = {},
): Partial<AlarmRow> {
  return { actual, effective: actual, level, ...more };
}

/** What the row says of an acknowledgement by anna in the record at this offset. */
export function answeredAt(offset: number): Partial<AlarmRow> {
  return { acknowledgedBy: 'anna', acknowledgedAt: at(offset) };
}
