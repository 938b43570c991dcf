import { describe, expect, it } from 'vitest';
import type { Occurrence, OccurrenceSnapshot } from '../../../../core/alarm/occurrence.ts';
import type { RecordMark } from '../../../../core/alarm/record-mark.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { ALARM_OCCURRENCES_VALUE } from '../../../../schemas/avro/alarm-occurrences.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { createWireEncoder } from '../../../../schemas/codecs/wire-encoder.ts';
import { aLogRecord } from '../../../builders/log-record.ts';
import { registeredVersions, teachAll, version } from '../../../builders/registered-schemas.ts';

const KEEPER = { user: 'klaxon', producer: 'klaxon-keeper', host: 'server-1' };

function mark(offset: number, audit: RecordMark['audit'] = {}): RecordMark {
  return {
    topic: 'active-alarms',
    partition: 0,
    offset,
    writtenAt: epochMs(1_604_400_000_000 + offset),
    audit,
  };
}

const ACTIVE: Occurrence = {
  openedBy: mark(3, { user: 'Zoë', producer: 'set-active-alarming.py', host: 'h' }),
  startedAt: epochMs(1_604_400_000_003),
  highestLevel: 'INVALID',
  calls: {
    simple: { record: mark(3), level: 'ALARM' },
    epics: {
      record: mark(9_007_199_254_740_991),
      level: 'INVALID',
      answer: { record: mark(8, { user: '' }), level: 'MAJOR_ACK' },
    },
  },
  isKnownFromStart: true,
};

function snapshot(occurrence: Occurrence): OccurrenceSnapshot {
  const upTo = { topic: 'active-alarms', partition: 0, offset: 12 };
  return { occurrence, upTo, upToWrittenAt: epochMs(-5) };
}

describe("the keeper's snapshot", () => {
  it.each<[string, Occurrence]>([
    ['active, called by both kinds, one answered', ACTIVE],
    ['returned', { ...ACTIVE, returnedAt: epochMs(1_604_400_900_000) }],
    ['met in the remains, without calls', { ...ACTIVE, calls: {}, isKnownFromStart: false }],
  ])('reads back as it was written: %s', (_name, occurrence) => {
    const written = createWireEncoder(registeredVersions('v1')).encode(
      {
        name: alarmName('真空 1'),
        fact: { fact: 'occurrenceKept', snapshot: snapshot(occurrence) },
      },
      KEEPER,
      epochMs(1),
    );
    if (!written.ok) {
      throw new Error(written.error.message);
    }
    const outcome = teachAll(createWireDecoder()).decode(aLogRecord(written.value), true);
    expect(outcome).toMatchObject({ outcome: 'event', event: { name: '真空 1' } });
    expect(outcome.outcome === 'event' ? outcome.event.fact : outcome).toEqual({
      fact: 'occurrenceKept',
      snapshot: snapshot(occurrence),
    });
  });

  it('written by a later version with more fields is read, and ours is written in its schema', () => {
    const { fields, ...record } = ALARM_OCCURRENCES_VALUE;
    const added = { name: 'note', type: 'string', default: 'none' };
    const later = { ...record, fields: [...fields, added] };
    const versions = { 'alarm-occurrences-value': [version(99, 2, later)] };
    const written = createWireEncoder(versions).encode(
      { name: alarmName('a'), fact: { fact: 'occurrenceKept', snapshot: snapshot(ACTIVE) } },
      KEEPER,
      epochMs(1),
    );
    const decoder = createWireDecoder();
    decoder.learnSchema(99, JSON.stringify(later));
    const outcome = written.ok ? decoder.decode(aLogRecord(written.value), true) : undefined;
    expect(outcome?.outcome === 'event' ? outcome.event.fact : outcome).toEqual({
      fact: 'occurrenceKept',
      snapshot: snapshot(ACTIVE),
    });
  });
});
