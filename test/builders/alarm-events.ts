import type { AlarmEvent, AlarmFact } from '../../core/alarm/events.ts';
import type { AckLevel, Severity } from '../../core/alarm/level.ts';
import type { RecordMark } from '../../core/alarm/record-mark.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Registration } from '../../core/registration/registration.ts';
import type { ShelfCause } from '../../core/shelving/shelf-cause.ts';

/** The start of every story's clock: a record at offset n was written n seconds later. */
export const STORY_START = 1_700_000_000_000;

/** The moment of the record at an offset. */
export function at(offset: number) {
  return epochMs(STORY_START + offset * 1_000);
}

/** A position in active-alarms. */
export function active(offset: number, partition = 0): RecordPosition {
  return { topic: 'active-alarms', partition, offset };
}

/** A record's mark in a topic. */
export function mark(
  offset: number,
  topic = 'active-alarms',
  user = 'anna',
  partition = 0,
): RecordMark {
  return { topic, partition, offset, writtenAt: at(offset), audit: { user } };
}

/** An event about channel1, unless told otherwise. */
export function anEvent(
  fact: AlarmFact,
  record: RecordMark,
  more: Partial<AlarmEvent> = {},
): AlarmEvent {
  return { name: alarmName('channel1'), fact, mark: record, isHistoryWhole: true, ...more };
}

export function epics(
  offset: number,
  severity: Severity,
  more: Partial<AlarmEvent> = {},
): AlarmEvent {
  const status = severity === 'NO_ALARM' ? 'NO_ALARM' : 'HIHI';
  return anEvent(
    { fact: 'epicsChanged', severity, status },
    mark(offset, 'active-alarms', 'ioc'),
    more,
  );
}

export function simple(
  offset: number,
  isActive: boolean,
  more: Partial<AlarmEvent> = {},
): AlarmEvent {
  return anEvent({ fact: 'simpleChanged', isActive }, mark(offset, 'active-alarms', 'ioc'), more);
}

export function epicsAck(
  offset: number,
  level: AckLevel,
  more: Partial<AlarmEvent> = {},
): AlarmEvent {
  return anEvent({ fact: 'epicsAcknowledged', level }, mark(offset), more);
}

export function simpleAck(
  offset: number,
  isAcknowledged: boolean,
  more: Partial<AlarmEvent> = {},
): AlarmEvent {
  return anEvent({ fact: 'simpleAcknowledged', isAcknowledged }, mark(offset), more);
}

/** The header `answers` naming a record of active-alarms. */
export function answering(offset: number, partition = 0): Pick<AlarmEvent, 'answers'> {
  return { answers: { claim: 'position', position: active(offset, partition) } };
}

/** A registration with fixed, readable values. */
export function aRegistration(more: Partial<Registration> = {}): Registration {
  return {
    source: { kind: 'epicsChannel', pv: 'channel1' },
    location: 'INJ',
    category: 'RF',
    maxShelvedSeconds: null,
    isLatching: false,
    documentUrl: 'doc.html',
    screenPath: 'screen.edl',
    ...more,
  };
}

export function registered(offset: number, more: Partial<Registration> = {}): AlarmEvent {
  return anEvent(
    { fact: 'registered', registration: aRegistration(more) },
    mark(offset, 'registered-alarms', 'carl'),
  );
}

export function shelved(offset: number, expiresAt: number | null, reason = 'noisy'): AlarmEvent {
  const shelf = { expiresAt: expiresAt === null ? null : epochMs(expiresAt), reason };
  return anEvent({ fact: 'shelved', shelf }, mark(offset, 'shelved-alarms'));
}

/** The record as the shelf service would write it: one that takes the place of the shelf record at an offset. */
export function byService(event: AlarmEvent, offset: number, because?: ShelfCause): AlarmEvent {
  const replaces = { topic: 'shelved-alarms', partition: 0, offset };
  const told = { ...event, mark: { ...event.mark, replaces } };
  return because === undefined ? told : { ...told, because };
}

export function unshelved(offset: number): AlarmEvent {
  return anEvent({ fact: 'unshelved' }, mark(offset, 'shelved-alarms'));
}
