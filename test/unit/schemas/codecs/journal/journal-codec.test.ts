import { describe, expect, it } from 'vitest';
import type { JournalReach } from '../../../../../core/journal/journal-reach.ts';
import type { Transition } from '../../../../../core/journal/transition.ts';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { ALARM_JOURNAL_VALUE } from '../../../../../schemas/avro/alarm-journal.ts';
import {
  createJournalDecoder,
  createJournalEncoder,
} from '../../../../../schemas/codecs/journal/journal-codec.ts';
import { at, epics, epicsAck, mark, shelved } from '../../../../builders/alarm-events.ts';
import { journalOf } from '../../../../builders/journal-run.ts';
import { aLogRecord } from '../../../../builders/log-record.ts';
import { version } from '../../../../builders/registered-schemas.ts';

const KEEPER = { user: 'klaxon', producer: 'klaxon-keeper', host: 'server-1' };
const ID = 61;

function roundTrip(transition: Transition, reach: JournalReach | null) {
  const encoder = createJournalEncoder([version(ID, 1, ALARM_JOURNAL_VALUE)]);
  const written = encoder?.encode({ transition, reach }, KEEPER, at(1));
  if (written?.ok !== true) throw new Error(JSON.stringify(written));
  const decoder = createJournalDecoder();
  const unknown = decoder.decode(aLogRecord(written.value));
  expect(unknown).toEqual({ outcome: 'schemaNeeded', schemaId: ID });
  decoder.learnSchema(ID, JSON.stringify(ALARM_JOURNAL_VALUE));
  return { written: written.value, outcome: decoder.decode(aLogRecord(written.value)) };
}

const { transitions } = journalOf([
  epics(1, 'MINOR'),
  epics(2, 'MAJOR'),
  epicsAck(3, 'MINOR_ACK'),
  epicsAck(4, 'MAJOR_ACK'),
  epics(5, 'NO_ALARM'),
  shelved(6, at(9)),
  shelved(10, null),
]);

describe('a record of the journal', () => {
  it.each(transitions.map((one) => [one.kind, one] as const))(
    'reads back as it was written: %s',
    (_kind, transition) => {
      const { written, outcome } = roundTrip(transition, null);
      expect(outcome).toEqual({ outcome: 'entry', entry: { transition, reach: null } });
      expect(written.topic).toBe('alarm-journal');
      expect(Buffer.from(written.key).toString()).toBe('channel1');
      expect(
        written.headers.map(({ name, value }) => `${name}=${Buffer.from(value).toString()}`),
      ).toEqual(['user=klaxon', 'producer=klaxon-keeper', 'host=server-1']);
    },
  );

  it('says what time alone did, and how far the journal is', () => {
    const [first] = transitions;
    if (first === undefined) throw new Error('no transition');
    const reach: JournalReach = {
      streams: [
        { topic: 'active-alarms', partition: 0, below: 2 ** 53 - 1, latestWrittenAt: at(3) },
      ],
      endedBefore: at(4),
    };
    const transition = { ...first, name: alarmName('真空 1 é'), trigger: null };
    expect(roundTrip(transition, reach).outcome).toEqual({
      outcome: 'entry',
      entry: { transition, reach },
    });
  });

  it('is passed over where it cannot be read, with the reason', () => {
    const decoder = createJournalDecoder();
    expect(decoder.decode(aLogRecord({ value: null }))).toMatchObject({ outcome: 'undecodable' });
    expect(decoder.decode(aLogRecord({ key: null }))).toMatchObject({ outcome: 'undecodable' });
    decoder.rejectSchema(ID, 'it is gone');
    const value = Buffer.from([0, 0, 0, 0, ID, 1, 2, 3]);
    expect(decoder.decode(aLogRecord({ value }))).toEqual({
      outcome: 'undecodable',
      reason: 'it is gone',
    });
    decoder.learnSchema(ID, JSON.stringify(ALARM_JOURNAL_VALUE));
    expect(decoder.decode(aLogRecord({ value }))).toMatchObject({ outcome: 'undecodable' });
  });

  it('is not one where the kind is of a later program', () => {
    const encoder = createJournalEncoder([version(ID, 1, ALARM_JOURNAL_VALUE)]);
    const [first] = transitions;
    const later: unknown = JSON.parse(JSON.stringify({ ...first, kind: 'suppressed' }));
    if (!isTransition(later)) throw new Error('no transition');
    const written = encoder?.encode({ transition: later, reach: null }, KEEPER, at(1));
    const decoder = createJournalDecoder();
    decoder.learnSchema(ID, JSON.stringify(ALARM_JOURNAL_VALUE));
    const outcome = written?.ok === true ? decoder.decode(aLogRecord(written.value)) : null;
    expect(outcome).toEqual({
      outcome: 'undecodable',
      reason: 'no such transition is known: suppressed',
    });
  });

  it('is written only where a schema of ours is registered', () => {
    const other = { type: 'record', name: 'AlarmTransition', fields: [{ name: 'x', type: 'int' }] };
    expect(createJournalEncoder([])).toBeNull();
    expect(createJournalEncoder([version(ID, 1, other)])).toBeNull();
    expect(
      createJournalEncoder([version(ID, 2, other), version(7, 1, ALARM_JOURNAL_VALUE)]),
    ).not.toBeNull();
  });
});

function isTransition(value: unknown): value is Transition {
  return typeof value === 'object' && value !== null && 'kind' in value && mark(0) !== undefined;
}
