import { describe, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import {
  active,
  at,
  epics,
  epicsAck,
  registered,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { given, REGISTERED_ROW, standing } from '../../../builders/story.ts';

const HIHI = { status: 'HIHI' } as const;
const LATCHING: AlarmEvent = registered(0, { isLatching: true });
const LATCHING_ROW = { ...REGISTERED_ROW, isLatching: true } as const;

describe('returns to normal', () => {
  it.each<[string, AlarmEvent[]]>([
    ['unacknowledged', [registered(0), epics(1, 'MAJOR'), epics(2, 'NO_ALARM')]],
    [
      'acknowledged',
      [registered(0), epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'NO_ALARM')],
    ],
  ])('not latching: over, %s', (_case, events) => {
    given(...events).shows(REGISTERED_ROW);
  });

  it('latching: stays as returned-unacknowledged with its highest level', () => {
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'MINOR'), epics(3, 'NO_ALARM')).shows({
      ...LATCHING_ROW,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    });
  });

  it('latching: an acknowledgement of the last calling record ends it', () => {
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epicsAck(3, 'MAJOR_ACK')).shows(
      LATCHING_ROW,
    );
  });

  it('latching: an acknowledgement below the calling record does not end it', () => {
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epicsAck(3, 'MINOR_ACK')).shows({
      ...LATCHING_ROW,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    });
  });

  it('latching: each kind that called must be answered', () => {
    const both = [
      LATCHING,
      simple(1, true),
      epics(2, 'MAJOR'),
      simple(3, false),
      epics(4, 'NO_ALARM'),
    ];
    given(...both, epicsAck(5, 'MAJOR_ACK')).shows({
      ...LATCHING_ROW,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
    given(...both, epicsAck(5, 'MAJOR_ACK'), simpleAck(6, true)).shows(LATCHING_ROW);
  });

  it('latching: taking back after the return changes nothing', () => {
    const half = [LATCHING, simple(1, true), epics(2, 'MAJOR'), epicsAck(3, 'MAJOR_ACK')];
    given(...half, simple(4, false), epics(5, 'NO_ALARM'), epicsAck(6, 'NO_ACK')).shows({
      ...LATCHING_ROW,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
  });

  it('latching: alarms again from returned-unacknowledged as a new occurrence', () => {
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epics(3, 'MINOR')).shows({
      ...LATCHING_ROW,
      ...standing('unacknowledged', 'MINOR', {
        ...HIHI,
        sinceAt: at(3),
        calls: { epics: active(3) },
      }),
    });
  });

  it('latching is what the registration says now: registered anew, the alarm follows', () => {
    const returned = [epics(1, 'MAJOR'), epics(2, 'NO_ALARM')];
    const stays = {
      ...LATCHING_ROW,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    };
    given(registered(0), ...returned).shows(REGISTERED_ROW);
    given(registered(0), ...returned, registered(3, { isLatching: true })).shows(stays);
    given(LATCHING, ...returned, registered(3)).shows(REGISTERED_ROW);
  });

  it('of an alarm whose registration cannot be decoded: it may latch, so it stays', () => {
    const broken: AlarmEvent = {
      ...registered(3),
      fact: { fact: 'undecodable', slot: 'registration', reason: 'truncated' },
    };
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), broken).shows({
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
      isLatching: true,
      canShelve: false,
      hasUndecodable: true,
    });
  });
});
