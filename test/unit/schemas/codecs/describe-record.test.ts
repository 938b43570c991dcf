import { describe, expect, it } from 'vitest';
import type { AlarmFact } from '../../../../core/alarm/events.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import {
  attemptDecode,
  describeFact,
  MAX_ATTEMPT_CHARS,
} from '../../../../schemas/codecs/describe-record.ts';

const AT = epochMs(Date.UTC(2026, 0, 2, 3, 4, 5));
const MARK = {
  topic: 'active-alarms',
  partition: 0,
  offset: 3,
  writtenAt: AT,
  audit: {},
};

describe('what a record says, in the words of the wire', () => {
  it.each<[AlarmFact, string]>([
    [{ fact: 'simpleChanged', isActive: true }, 'Alarming'],
    [{ fact: 'simpleChanged', isActive: false }, 'Alarming cleared'],
    [{ fact: 'epicsChanged', severity: 'MAJOR', status: 'HIHI' }, 'AlarmingEPICS MAJOR HIHI'],
    [{ fact: 'simpleAcknowledged', isAcknowledged: true }, 'Ack'],
    [{ fact: 'simpleAcknowledged', isAcknowledged: false }, 'Ack taken back'],
    [{ fact: 'epicsAcknowledged', level: 'MAJOR_ACK' }, 'AckEPICS MAJOR_ACK'],
    [
      { fact: 'shelved', shelf: { expiresAt: AT, reason: 'a\nb' } },
      'ShelvedAlarm until 2026-01-02T03:04:05.000Z "a\\nb"',
    ],
    [
      { fact: 'shelved', shelf: { expiresAt: null, reason: '' } },
      'ShelvedAlarm until unshelved ""',
    ],
    [{ fact: 'unshelved' }, 'ShelvedAlarm removed'],
    [{ fact: 'unregistered' }, 'RegisteredAlarm removed'],
    [{ fact: 'occurrenceClosed', upTo: null }, 'OccurrenceSnapshot removed'],
    [{ fact: 'undecodable', slot: 'epics', reason: 'it is cut' }, 'undecodable (epics): it is cut'],
    [
      {
        fact: 'registered',
        registration: {
          source: { kind: 'epicsChannel', pv: 'PV1' },
          location: 'HA',
          category: 'RF',
          maxShelvedSeconds: 60,
          isLatching: true,
          documentUrl: '',
          screenPath: '',
        },
      },
      'RegisteredAlarm HA RF DirectCAAlarm PV1 latching shelved at most 60 s',
    ],
    [
      {
        fact: 'occurrenceKept',
        snapshot: {
          occurrence: {
            openedBy: MARK,
            startedAt: AT,
            highestLevel: 'MAJOR',
            calls: {},
            returnedAt: AT,
            isKnownFromStart: true,
          },
          upTo: MARK,
          upToWrittenAt: AT,
        },
      },
      'OccurrenceSnapshot MAJOR since 2026-01-02T03:04:05.000Z returned 2026-01-02T03:04:05.000Z, up to active-alarms/0/3',
    ],
  ])('%o', (fact, text) => {
    expect(describeFact(fact)).toBe(text);
  });
});

describe('what can be said of bytes that are not decoded', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'no bytes'],
    ['text', Buffer.from('{"msg": 1}'), 'text "{\\"msg\\": 1}"'],
    ['a frame alone', Buffer.from([0, 0, 0, 1, 2]), 'framed, schema id 258, then 0 bytes'],
    [
      'a frame and a name',
      Buffer.from([0, 0, 0, 0, 9, 0x0c, ...Buffer.from('alarm1'), 2]),
      'framed, schema id 9, then 8 bytes: binary, readable parts "alarm1"',
    ],
    ['binary', Buffer.from([0xff, 0x00, 0x01]), 'binary, readable parts ""'],
  ])('%s', (_name, bytes, text) => {
    expect(attemptDecode(bytes)).toBe(text);
  });

  it('stays short, and shows no control characters, whatever the bytes', () => {
    const texts = [Buffer.alloc(300_000, 0x61), Buffer.alloc(300_000, 0x07), Buffer.alloc(9, 0x1b)];
    const shown = texts.map(attemptDecode);
    expect(shown.every((text) => text.length <= MAX_ATTEMPT_CHARS)).toBe(true);
    expect(shown.some((text) => /\p{Cc}/u.test(text))).toBe(false);
  });
});
