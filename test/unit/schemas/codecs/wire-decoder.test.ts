import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { LATEST_AT } from '../../../../core/lib/units.ts';
import type { DecodeOutcome } from '../../../../schemas/codecs/wire.ts';
import { createWireDecoder, MAX_VALUE_BYTES } from '../../../../schemas/codecs/wire-decoder.ts';
import { aHeader, aLogRecord, type RecordParts } from '../../../builders/log-record.ts';
import { activeKey, framed, SCHEMA_IDS, teachAll } from '../../../builders/registered-schemas.ts';

const { v1, v2, seed1 } = SCHEMA_IDS;
const ALARMING = activeKey(v1.key, 'alarm1', 0);
const ACK = activeKey(v1.key, 'alarm1', 1);
const EPICS = activeKey(v1.key, 'alarm1', 2);
const ACK_EPICS = activeKey(v1.key, 'alarm1', 3);

function decode(parts: RecordParts): DecodeOutcome {
  return teachAll(createWireDecoder()).decode(aLogRecord(parts), true);
}

function eventOf(parts: RecordParts): AlarmEvent {
  const outcome = decode(parts);
  if (outcome.outcome !== 'event') {
    throw new Error(JSON.stringify(outcome));
  }
  return outcome.event;
}

function reasonOf(parts: RecordParts): string {
  const outcome = decode(parts);
  return outcome.outcome === 'undecodable' ? outcome.reason : outcome.outcome;
}

describe('what a record says', () => {
  it.each([
    [
      'v1 alarming true',
      ALARMING,
      framed(v1.active, 0, 1),
      { fact: 'simpleChanged', isActive: true },
    ],
    [
      'v1 alarming false clears',
      ALARMING,
      framed(v1.active, 0, 0),
      { fact: 'simpleChanged', isActive: false },
    ],
    [
      'v1 acknowledged',
      ACK,
      framed(v1.active, 2, 1),
      { fact: 'simpleAcknowledged', isAcknowledged: true },
    ],
    [
      'v1 acknowledged false takes back',
      ACK,
      framed(v1.active, 2, 0),
      { fact: 'simpleAcknowledged', isAcknowledged: false },
    ],
    [
      'EPICS',
      EPICS,
      framed(v1.active, 4, 4, 6),
      { fact: 'epicsChanged', severity: 'MAJOR', status: 'HIHI' },
    ],
    [
      'EPICS NO_ALARM clears',
      EPICS,
      framed(v2.active, 4, 0, 0),
      { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' },
    ],
    [
      'EPICS ack',
      ACK_EPICS,
      framed(v2.active, 6, 4),
      { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
    ],
    [
      'v2 presence is active',
      ALARMING,
      framed(v2.active, 0),
      { fact: 'simpleChanged', isActive: true },
    ],
    [
      'v2 presence is acknowledged',
      ACK,
      framed(v2.active, 2),
      { fact: 'simpleAcknowledged', isAcknowledged: true },
    ],
    [
      'trap §0.3: a v2 Ack in the branch Alarming is an Ack',
      ACK,
      framed(v2.active, 0),
      { fact: 'simpleAcknowledged', isAcknowledged: true },
    ],
    [
      'trap §0.3: a v2 Alarming in the branch Ack is active',
      ALARMING,
      framed(v2.active, 2),
      { fact: 'simpleChanged', isActive: true },
    ],
    ['tombstone of Alarming', ALARMING, null, { fact: 'simpleChanged', isActive: false }],
    ['tombstone of Ack', ACK, null, { fact: 'simpleAcknowledged', isAcknowledged: false }],
    [
      'tombstone of AlarmingEPICS',
      EPICS,
      null,
      { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' },
    ],
    ['tombstone of AckEPICS', ACK_EPICS, null, { fact: 'epicsAcknowledged', level: 'NO_ACK' }],
  ])('%s', (_name, key, value, fact) => {
    const event = eventOf({ key, value });
    expect(event.fact).toEqual(fact);
    expect(event.name).toBe('alarm1');
  });

  it('trap §1.6: a key of one generation goes with a value of the other', () => {
    const key = activeKey(v2.key, 'alarm1', 0);
    expect(eventOf({ key, value: framed(v1.active, 0, 1) }).fact).toEqual({
      fact: 'simpleChanged',
      isActive: true,
    });
  });

  it('trap §1.7: two ids of the same schema mean the same', () => {
    const decoder = teachAll(createWireDecoder());
    decoder.learnSchema(
      900,
      '{"type":"record","name":"Other","fields":[{"name":"msg","type":[{"type":"record","name":"Alarming","fields":[{"name":"alarming","type":"boolean"}]}]}]}',
    );
    const facts = [v1.active, 900].map((id) => {
      const outcome = decoder.decode(aLogRecord({ key: ALARMING, value: framed(id, 0, 1) }), true);
      return outcome.outcome === 'event' ? outcome.event.fact : outcome;
    });
    expect(facts[1]).toEqual(facts[0]);
  });

  it.each([
    ['registered-alarms', { fact: 'unregistered' }],
    ['shelved-alarms', { fact: 'unshelved' }],
    ['alarm-occurrences', { fact: 'occurrenceClosed', upTo: null }],
  ])('a tombstone of %s', (topic, fact) => {
    expect(eventOf({ topic, value: null }).fact).toEqual(fact);
  });

  it('a registration in both spellings of the limit', () => {
    const producer = [0, 4, 0x70, 0x76];
    const rest = [2, 0x78, 1, 2, 0x64, 2, 0x65];
    const value = (id: number) => framed(id, ...producer, 0, 0, ...rest);
    const facts = [v1.registered, v2.registered].map(
      (id) => eventOf({ topic: 'registered-alarms', value: value(id) }).fact,
    );
    const common = {
      source: { kind: 'epicsChannel', pv: 'pv' },
      maxShelvedSeconds: 60,
      isLatching: true,
      documentUrl: 'd',
      screenPath: 'e',
    };
    expect(facts).toEqual([
      { fact: 'registered', registration: { ...common, location: 'INJ', category: 'Magnet' } },
      { fact: 'registered', registration: { ...common, location: 'S1D', category: 'Aperture' } },
    ]);
  });

  it.each([
    [
      'trap §1.7: an expiration of 2^53 + 1',
      [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
      LATEST_AT,
    ],
    ['trap §1.7: an expiration of -1', [1], -1],
    ['trap §1.7: an expiration of 1', [2], 1],
    ['the least long', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], -LATEST_AT],
  ])('%s', (_name, expiration, expiresAt) => {
    const value = framed(v1.shelved, ...expiration, 2, 0x72);
    expect(eventOf({ topic: 'shelved-alarms', value }).fact).toEqual({
      fact: 'shelved',
      shelf: { expiresAt, reason: 'r' },
    });
  });

  it('a v2 shelf without an end', () => {
    const value = framed(v2.shelved, 0, 2, 0x72);
    expect(eventOf({ topic: 'shelved-alarms', value }).fact).toEqual({
      fact: 'shelved',
      shelf: { expiresAt: null, reason: 'r' },
    });
  });

  it('trap §1.7: names of any script, with spaces, quotes and bars', () => {
    const names = ['Klystron 4 "Mod" | Anode', 'Θερμοκρασία', '真空ポンプ', "it's", '\ufeffmarked'];
    const read = names.flatMap((name) => [
      eventOf({ topic: 'shelved-alarms', key: Buffer.from(name) }).name,
      eventOf({ key: activeKey(v1.key, name, 0) }).name,
    ]);
    expect(read).toEqual(names.flatMap((name) => [name, name]));
  });

  it('its position, time and how much of the history is known', () => {
    const event = eventOf({ key: ALARMING, offset: 99, timestampMs: 5 });
    const position = { topic: 'active-alarms', partition: 0, offset: 99 };
    expect(event.mark).toEqual({ ...position, writtenAt: 5, audit: {} });
    expect(event.isHistoryWhole).toBe(true);
  });

  it('the same for bytes that were seen before, as shared objects', () => {
    const decoder = teachAll(createWireDecoder());
    const headers = [aHeader('user', 'ops')];
    const events = [1, 2].map((offset) => {
      const record = aLogRecord({ key: EPICS, value: framed(v1.active, 4, 4, 6), headers, offset });
      const outcome = decoder.decode(record, true);
      return outcome.outcome === 'event' ? outcome.event : undefined;
    });
    expect(events[1]?.fact).toBe(events[0]?.fact);
    expect(events[1]?.mark.audit).toBe(events[0]?.mark.audit);
    expect(events[1]?.mark.offset).toBe(2);
  });
});

describe('a value that cannot be decoded, of an alarm that is known', () => {
  it.each<[string, Buffer, string]>([
    ['not framed', Buffer.from('{"msg":{}}'), 'begins with the byte 0x7b'],
    ['empty', Buffer.alloc(0), 'has 0 bytes'],
    ['only a frame', framed(v1.active), 'bytes end'],
    ['cut', framed(v1.active, 4, 4), 'bytes end'],
    ['too long', framed(v1.active, 0, 1, 9), 'left over'],
    ['an unknown branch', framed(v1.active, 8), 'branch 4'],
    [
      'too large to read',
      Buffer.concat([framed(v1.active, 0, 1), Buffer.alloc(MAX_VALUE_BYTES)]),
      'longer than',
    ],
    ['another message than the key says', framed(v1.active, 2, 1), 'another kind of message'],
    ['trap §1.7: a schema of seed 1', framed(seed1.active, 0), 'seed 1'],
    ['the schema of another topic', framed(v1.shelved, 2, 2, 0x72), 'no generation of this topic'],
  ])('%s', (_name, value, reason) => {
    const outcome = decode({ key: ALARMING, value });
    expect(outcome.outcome === 'undecodable' ? outcome.reason : outcome).toContain(reason);
    expect(outcome.outcome === 'undecodable' ? outcome.event : outcome).toMatchObject({
      name: 'alarm1',
      fact: { fact: 'undecodable', slot: 'simple' },
    });
  });

  it('trap §1.7: a shelf that seed 1 wrote names its alarm and its writer', () => {
    const value = framed(seed1.shelved, 2, 0x75, 0, 2);
    const outcome = decode({ topic: 'shelved-alarms', value });
    expect(outcome).toMatchObject({ outcome: 'undecodable', event: { name: 'alarm1' } });
    expect(reasonOf({ topic: 'shelved-alarms', value })).toContain('seed 1');
  });

  it('an EPICS message in the branch Alarming of v2 says no severity', () => {
    expect(reasonOf({ key: EPICS, value: framed(v2.active, 0) })).toContain('no severity');
  });
});

describe('a key that names no alarm', () => {
  it.each<[string, RecordParts, string]>([
    ['no key', { topic: 'shelved-alarms', key: null }, 'has no key'],
    ['an empty key', { topic: 'shelved-alarms', key: Buffer.alloc(0) }, 'is empty'],
    [
      'a key that is not UTF-8',
      { topic: 'shelved-alarms', key: Buffer.from([0x61, 0xed, 0xa0, 0x80]) },
      'not UTF-8',
    ],
    [
      'a framed key on a topic of text keys',
      { topic: 'registered-alarms', key: ALARMING },
      'begins with the byte 0',
    ],
    ['no key of an activation', { key: null }, 'has no key'],
    ['a binary key of an activation', { key: Buffer.from([1, 2, 3, 0xff, 4, 5]) }, 'not framed'],
    ['an empty name', { key: activeKey(v1.key, '', 0) }, 'names no alarm'],
    ['a name that is not UTF-8', { key: framed(v1.key, 4, 0xc3, 0x28, 0) }, 'not UTF-8'],
    ['a cut key', { key: framed(v1.key, 4, 0x61) }, 'claims 2 bytes'],
    ['a key of another schema', { key: framed(v1.shelved, 2, 2, 0x72) }, 'not one of keys'],
    [
      'a key beyond any name',
      { topic: 'shelved-alarms', key: Buffer.alloc(20_000, 0x61) },
      'longer than',
    ],
    [
      'trap §1.7: a text key as seed 1 writes it',
      { key: Buffer.from('alarm1'), value: framed(900, 0) },
      'plain text, as in records written by seed 1',
    ],
    [
      'trap §1.7: a record of seed 1 for certain',
      { key: Buffer.from('alarm1'), value: framed(seed1.active, 0) },
      'written by seed 1 (kafka-alarm-scripts): a plain-text key',
    ],
    ['another topic', { topic: 'metrics' }, 'no alarms are read from topic metrics'],
  ])('%s', (_name, parts, reason) => {
    const outcome = decode(parts);
    expect(outcome).toEqual({ outcome: 'undecodable', reason: expect.stringContaining(reason) });
  });
});

describe('schemas', () => {
  it('that are not known are asked for, of key and value at once', () => {
    const decoder = createWireDecoder();
    const record = aLogRecord({ key: ALARMING, value: framed(v1.active, 0, 1) });
    const taught = teachAll(createWireDecoder());
    expect(decoder.decode(record, true)).toEqual({
      outcome: 'schemaNeeded',
      schemaIds: [v1.key, v1.active],
    });
    decoder.rejectSchema(v1.key, 'no such id');
    expect(decoder.decode(record, true)).toMatchObject({ outcome: 'undecodable' });
    expect(
      taught.decode(aLogRecord({ key: ALARMING, value: framed(4_294_967_295, 0, 1) }), true),
    ).toEqual({ outcome: 'schemaNeeded', schemaIds: [4_294_967_295] });
  });

  it('of keys with other fields, another order or more types are read too', () => {
    const types = '{"type":"enum","name":"T","symbols":["Ack","Chat","AlarmingEPICS","Alarming"]}';
    const fields = `{"name":"type","type":${types}},{"name":"name","type":"string"},{"name":"site","type":"string"}`;
    const decoder = teachAll(createWireDecoder());
    decoder.learnSchema(80, `{"type":"record","name":"K","fields":[${fields}]}`);
    decoder.learnSchema(
      81,
      `{"type":"record","name":"K","fields":[{"name":"name","type":"string"},{"name":"type","type":${types}}]}`,
    );
    const keys = [framed(80, 6, 2, 0x61, 2, 0x78), framed(81, 2, 0x61, 6), framed(81, 2, 0x61, 2)];
    const read = keys.map((key) => {
      const outcome = decoder.decode(aLogRecord({ key }), true);
      return outcome.outcome === 'event' ? [outcome.event.name, outcome.event.fact] : outcome;
    });
    const cleared = { fact: 'simpleChanged', isActive: false };
    expect(read).toEqual([
      ['a', cleared],
      ['a', cleared],
      { outcome: 'undecodable', reason: expect.stringContaining('type of message') },
    ]);
  });

  it('a tombstone needs no schema of a value', () => {
    expect(eventOf({ key: ALARMING, value: null }).fact.fact).toBe('simpleChanged');
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    [
      'cyclic without end',
      '{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}',
      'no generation',
    ],
    [
      'unknown types',
      '{"type":"record","name":"R","fields":[{"name":"r","type":"S"}]}',
      'unknown type',
    ],
    [
      'trap §1.5: symbols with spaces',
      '{"type":"enum","name":"E","symbols":["Stale Alarm"]}',
      'does not allow',
    ],
    ['too long', `"${' '.repeat(300_000)}"`, 'longer than'],
  ])('%s make their records undecodable, with the reason', (_name, schema, reason) => {
    const decoder = teachAll(createWireDecoder());
    decoder.learnSchema(77, schema);
    const outcome = decoder.decode(aLogRecord({ key: ALARMING, value: framed(77, 0) }), true);
    expect(outcome.outcome === 'undecodable' ? outcome.reason : outcome).toContain(reason);
    expect(outcome).toMatchObject({ event: { name: 'alarm1' } });
  });

  it('that come late are used from then on, also after they were rejected', () => {
    const decoder = createWireDecoder();
    const record = aLogRecord({ key: ALARMING, value: framed(v1.active, 0, 1) });
    decoder.rejectSchema(v1.key, 'the registry does not answer');
    decoder.rejectSchema(v1.active, 'the registry does not answer');
    const before = decoder.decode(record, true);
    teachAll(decoder);
    expect([before.outcome, decoder.decode(record, true).outcome]).toEqual([
      'undecodable',
      'event',
    ]);
  });

  it('that are replaced replace what was read by them', () => {
    const decoder = teachAll(createWireDecoder());
    const record = aLogRecord({ key: ALARMING, value: framed(v1.active, 0, 1) });
    const before = decoder.decode(record, true).outcome;
    decoder.rejectSchema(v1.active, 'deleted');
    expect([before, decoder.decode(record, true).outcome]).toEqual(['event', 'undecodable']);
  });

  it('thousands of unknown ids are forgotten again, not kept for ever', () => {
    const decoder = teachAll(createWireDecoder());
    for (let id = 100_000; id < 106_000; id += 1) {
      decoder.rejectSchema(id, 'no such id');
    }
    const outcomes = [100_000, 105_999].map(
      (id) => decoder.decode(aLogRecord({ key: ALARMING, value: framed(id, 0) }), true).outcome,
    );
    expect(outcomes).toEqual(['schemaNeeded', 'undecodable']);
  });
});
