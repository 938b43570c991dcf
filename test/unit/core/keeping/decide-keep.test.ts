import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { Occurrence } from '../../../../core/alarm/occurrence.ts';
import { decideKeep, isUnkept } from '../../../../core/keeping/decide-keep.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import {
  active,
  anEvent,
  at,
  epics,
  epicsAck,
  mark,
  registered,
} from '../../../builders/alarm-events.ts';
import { stateAfter } from '../../../builders/story.ts';

const LATCHING = registered(0, { isLatching: true });
const occurrence: Occurrence = {
  openedBy: mark(1, 'active-alarms', 'ioc'),
  startedAt: at(1),
  highestLevel: 'MAJOR',
  calls: { epics: { record: mark(1, 'active-alarms', 'ioc'), level: 'MAJOR' } },
  isKnownFromStart: true,
};
const keeper = (offset: number) => mark(offset, 'alarm-occurrences', 'keeper');

function kept(upTo: number, said: Occurrence = occurrence): AlarmEvent {
  const snapshot = { occurrence: said, upTo: active(upTo), upToWrittenAt: at(upTo) };
  return anEvent({ fact: 'occurrenceKept', snapshot }, keeper(upTo));
}

function closed(upTo: number): AlarmEvent {
  const reach = { upTo: active(upTo), upToWrittenAt: at(upTo) };
  return anEvent({ fact: 'occurrenceClosed', upTo: reach }, keeper(upTo));
}

const writes = (...events: AlarmEvent[]) => decideKeep(stateAfter(events));
const keeping = (upTo: number, said: Occurrence = occurrence) => ({
  name: 'channel1',
  fact: kept(upTo, said).fact,
});
const closing = (upTo: number) => ({ name: 'channel1', fact: closed(upTo).fact });

describe('what the keeper writes', () => {
  it('nothing of an alarm that is normal', () => {
    expect(writes(registered(0), epics(1, 'NO_ALARM'))).toEqual(null);
  });

  it('a snapshot when an occurrence opens', () => {
    expect(writes(epics(1, 'MAJOR'))).toEqual(keeping(1));
  });

  it('nothing when its word stands already, its own or that of another keeper', () => {
    expect(writes(epics(1, 'MAJOR'), kept(1))).toEqual(null);
  });

  it('the acknowledgement', () => {
    const answer = { record: mark(2), level: 'MAJOR_ACK' as const };
    const answered: Occurrence = {
      ...occurrence,
      calls: { epics: { record: mark(1, 'active-alarms', 'ioc'), level: 'MAJOR', answer } },
    };
    expect(writes(epics(1, 'MAJOR'), kept(1), epicsAck(2, 'MAJOR_ACK'))).toEqual(
      keeping(2, answered),
    );
  });

  it('the same again on a repeat: compaction takes the record before it', () => {
    expect(writes(epics(1, 'MAJOR'), kept(1), epics(2, 'MAJOR'))).toEqual(keeping(2));
  });

  it('the return of a latching alarm', () => {
    expect(writes(LATCHING, epics(1, 'MAJOR'), kept(1), epics(2, 'NO_ALARM'))).toEqual(
      keeping(2, { ...occurrence, returnedAt: at(2) }),
    );
  });

  it('the end, with the record up to which nothing is open', () => {
    expect(writes(epics(1, 'MAJOR'), kept(1), epics(2, 'NO_ALARM'))).toEqual(closing(2));
  });

  it('the end once only', () => {
    expect(writes(epics(1, 'MAJOR'), kept(1), epics(2, 'NO_ALARM'), closed(2))).toEqual(null);
  });

  it('the end of a returned alarm that is no longer registered as latching', () => {
    const returned = [epics(1, 'MAJOR'), epics(2, 'NO_ALARM')];
    const said = { ...occurrence, returnedAt: at(2) };
    expect(writes(LATCHING, ...returned, kept(2, said), registered(9))).toEqual(closing(2));
  });

  it('nothing over a word of a later position: it has read less', () => {
    expect(writes(kept(9), epics(1, 'MAJOR'))).toEqual(null);
  });

  it('its word anew where a slower keeper has overwritten it with an older one', () => {
    const older: AlarmEvent = { ...kept(1), mark: keeper(8) };
    expect(writes(epics(1, 'MAJOR'), epics(2, 'MAJOR'), kept(2), older)).toEqual(keeping(2));
  });
});

describe('whether no keeper runs', () => {
  const grace = durationMs(10_000);
  it.each<[string, AlarmEvent[], number, boolean]>([
    ['nothing is open', [registered(0)], 99, false],
    ['it has had no time yet', [epics(1, 'MAJOR')], 10, false],
    ['it has had its time', [epics(1, 'MAJOR')], 11, true],
    ['its word stands', [epics(1, 'MAJOR'), kept(1)], 99, false],
    ['its word is of an earlier occurrence', [closed(1), epics(3, 'MAJOR')], 99, true],
  ])('%s', (_case, events, now, isMissing) => {
    expect(isUnkept(stateAfter(events), at(now), grace)).toBe(isMissing);
  });
});
