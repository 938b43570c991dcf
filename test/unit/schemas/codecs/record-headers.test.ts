import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { LogHeader } from '../../../../core/ports/alarm-log.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { aHeader, aLogRecord, type RecordParts } from '../../../builders/log-record.ts';
import { activeKey, SCHEMA_IDS, teachAll } from '../../../builders/registered-schemas.ts';

const { v1 } = SCHEMA_IDS;
const ALARMING = activeKey(v1.key, 'alarm1', 0);
const ACK = activeKey(v1.key, 'alarm1', 1);
const ACK_EPICS = activeKey(v1.key, 'alarm1', 3);

function eventOf(parts: RecordParts): AlarmEvent {
  const outcome = teachAll(createWireDecoder()).decode(aLogRecord(parts), true);
  if (outcome.outcome !== 'event') {
    throw new Error(JSON.stringify(outcome));
  }
  return outcome.event;
}

describe('what the headers say', () => {
  const LONG = 'x'.repeat(600);
  it.each<[string, readonly LogHeader[], object]>([
    [
      'trap §1.7: user, producer, host',
      [aHeader('user', 'Zoë'), aHeader('producer', 'p'), aHeader('host', 'h')],
      { user: 'Zoë', producer: 'p', host: 'h' },
    ],
    ['missing ones are absent', [aHeader('host', 'h')], { host: 'h' }],
    ['none', [], {}],
    [
      'of a repeated one the last counts',
      [aHeader('user', 'first'), aHeader('user', 'second')],
      { user: 'second' },
    ],
    [
      'a null value is absent',
      [{ name: 'user', value: null }, aHeader('host', 'h')],
      { host: 'h' },
    ],
    [
      'a repeated one that ends in null is absent',
      [aHeader('user', 'a'), { name: 'user', value: null }],
      {},
    ],
    ['a binary one is absent', [{ name: 'user', value: Buffer.from([0xff, 0xfe]) }], {}],
    ['one that is too long for a name is absent', [aHeader('user', LONG)], {}],
    ['an empty one is empty', [aHeader('user', '')], { user: '' }],
    ['others are passed over', [aHeader('trace', 'x'), aHeader('__proto__', 'x')], {}],
  ])('%s', (_name, headers, audit) => {
    expect(eventOf({ key: ALARMING, headers }).mark.audit).toEqual(audit);
  });

  it('names that begin and end alike stay apart', () => {
    const decoder = teachAll(createWireDecoder());
    const users = ['a-1-long', 'a-2-long', 'a-1-long'].map((user) => {
      const record = aLogRecord({ key: ALARMING, headers: [aHeader('user', user)] });
      const outcome = decoder.decode(record, true);
      return outcome.outcome === 'event' ? outcome.event.mark.audit.user : undefined;
    });
    expect(users).toEqual(['a-1-long', 'a-2-long', 'a-1-long']);
  });

  it('an audit does not change with the buffer that it was read from', () => {
    const decoder = teachAll(createWireDecoder());
    const shared = Buffer.from('alice');
    const read = () => {
      const headers = [{ name: 'user', value: shared }];
      const outcome = decoder.decode(aLogRecord({ key: ALARMING, headers }), true);
      return outcome.outcome === 'event' ? outcome.event.mark.audit.user : undefined;
    };
    const before = read();
    shared.write('alibe');
    expect([before, read()]).toEqual(['alice', 'alibe']);
  });

  it.each<[string, readonly LogHeader[], object]>([
    ['none', [], { claim: 'none' }],
    [
      'a position',
      [aHeader('answers', 'active-alarms/0/12')],
      { claim: 'position', position: { topic: 'active-alarms', partition: 0, offset: 12 } },
    ],
    [
      'repeated',
      [aHeader('answers', 'active-alarms/0/12'), aHeader('answers', 'active-alarms/0/12')],
      { claim: 'unreadable' },
    ],
    ['null', [{ name: 'answers', value: null }], { claim: 'unreadable' }],
    ['empty', [aHeader('answers', '')], { claim: 'unreadable' }],
    ['binary', [{ name: 'answers', value: Buffer.from([0xff]) }], { claim: 'unreadable' }],
    ['a sign', [aHeader('answers', 'active-alarms/0/-1')], { claim: 'unreadable' }],
    ['a leading zero', [aHeader('answers', 'active-alarms/0/012')], { claim: 'unreadable' }],
    ['a space', [aHeader('answers', 'active-alarms/0/12 ')], { claim: 'unreadable' }],
    ['a line end', [aHeader('answers', 'active-alarms/0/12\n')], { claim: 'unreadable' }],
    [
      'an offset that is no exact number',
      [aHeader('answers', 'active-alarms/0/9007199254740993')],
      { claim: 'unreadable' },
    ],
    ['a part too many', [aHeader('answers', 'a/b/0/12')], { claim: 'unreadable' }],
  ])('an ack that answers: %s', (_name, headers, answers) => {
    expect(eventOf({ key: ACK, headers }).answers).toEqual(answers);
    expect(eventOf({ key: ACK_EPICS, headers }).answers).toEqual(answers);
    expect(eventOf({ key: ALARMING, headers })).not.toHaveProperty('answers');
  });

  it.each<[string, readonly LogHeader[], object | null]>([
    [
      'a reach',
      [aHeader('up-to', 'active-alarms/0/12/1604400000000')],
      {
        upTo: { topic: 'active-alarms', partition: 0, offset: 12 },
        upToWrittenAt: 1_604_400_000_000,
      },
    ],
    ['nothing', [], null],
    ['no time', [aHeader('up-to', 'active-alarms/0/12')], null],
    [
      'two reaches',
      [aHeader('up-to', 'active-alarms/0/12/1'), aHeader('up-to', 'active-alarms/0/12/1')],
      null,
    ],
  ])("the keeper's tombstone tells %s", (_name, headers, upTo) => {
    const event = eventOf({ topic: 'alarm-occurrences', value: null, headers });
    expect(event.fact).toEqual({ fact: 'occurrenceClosed', upTo });
  });

  it.each<[string, readonly LogHeader[], object, string | undefined]>([
    [
      'what it takes the place of, and why',
      [aHeader('replaces', 'shelved-alarms/0/12'), aHeader('because', 'expired')],
      { replaces: { topic: 'shelved-alarms', partition: 0, offset: 12 } },
      'expired',
    ],
    ['nothing', [], {}, undefined],
    ['a word that we do not know', [aHeader('because', 'weather')], {}, undefined],
    [
      'two records',
      [aHeader('replaces', 'shelved-alarms/0/1'), aHeader('replaces', 'shelved-alarms/0/1')],
      {},
      undefined,
    ],
    ['no record', [{ name: 'replaces', value: null }, aHeader('because', 'no-end')], {}, 'no-end'],
  ])('a record of the shelf service tells %s', (_name, headers, told, because) => {
    const event = eventOf({ topic: 'shelved-alarms', value: null, headers });
    const { replaces } = event.mark;
    expect(replaces === undefined ? {} : { replaces }).toEqual(told);
    expect(event.because).toBe(because);
    expect(eventOf({ key: ALARMING, headers }).mark).not.toHaveProperty('replaces');
  });
});
