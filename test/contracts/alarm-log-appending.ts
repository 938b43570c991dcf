import { describe, expect, it } from 'vitest';
import { epochMs } from '../../core/lib/units.ts';
import type { MakeLog } from './alarm-log-ground.ts';
import { anAppend, keysOf, onLog, WRITTEN_AT } from './alarm-log-ground.ts';

/** What a record is like when it comes back, and what append answers. */
export function describeAppending(makeLog: MakeLog): void {
  describe('appending', () => {
    describePositions(makeLog);
    describeContents(makeLog);
    describeRefusals(makeLog);
  });
}

function describePositions(makeLog: MakeLog): void {
  it('answers positions that rise by one', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put }) => {
      const topic = await makeTopic();
      const positions = [await put(topic, 'a'), await put(topic, 'b'), await put(topic, 'a')];
      expect(positions).toEqual([0, 1, 2].map((offset) => ({ topic, partition: 0, offset })));
    }));

  it('keeps the order of one writer that does not wait', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);
      const positions = await Promise.all(keys.map((key) => put(topic, key)));
      expect(positions.map(({ offset }) => offset)).toEqual(keys.map((_, index) => index));
      expect(keysOf((await readToLive([topic])).records)).toEqual(keys);
    }));
}

function describeContents(makeLog: MakeLog): void {
  it('brings key, value, position and timestamp back as they were', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const timestampAt = epochMs(1_614_600_000_123);
      await put(topic, 'VIP2R08', { value: Buffer.from('on'), timestampAt });
      const { records } = await readToLive([topic]);
      expect(records).toEqual([
        {
          topic,
          partition: 0,
          offset: 0,
          key: Buffer.from('VIP2R08'),
          value: Buffer.from('on'),
          timestampAt,
          isStampedByLog: false,
          isAfterGap: false,
          headers: [],
        },
      ]);
    }));

  it('keeps keys and values of any bytes, empty ones and texts of any script', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      await put(topic, '', { key: all, value: all });
      await put(topic, '', { key: Buffer.from([0x80]), value: Buffer.alloc(0) });
      await put(topic, '電磁石 α|"\'\n 🚨', { value: Buffer.from('値') });
      const { records } = await readToLive([topic]);
      expect(records.map(({ key, value }) => [key, value])).toEqual([
        [all, all],
        [Buffer.from([0x80]), Buffer.alloc(0)],
        [Buffer.from('電磁石 α|"\'\n 🚨'), Buffer.from('値')],
      ]);
    }));

  it('tells a tombstone from an empty value', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      await put(topic, 'a', { value: Buffer.alloc(0) });
      await put(topic, 'a', { value: null });
      const { records } = await readToLive([topic]);
      expect(records.map(({ value }) => value).slice(-1)).toEqual([null]);
      expect(records.map(({ value }) => value?.length ?? -1)).toEqual([0, -1]);
    }));

  it('keeps headers in order: repeated, empty, binary, and with a tombstone', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const headers = [
        { name: 'user', value: Buffer.from('Žofie') },
        { name: 'answers', value: Buffer.from('active-alarms/0/7') },
        { name: 'user', value: Buffer.alloc(0) },
        { name: '', value: Buffer.from([0, 255, 128]) },
        { name: 'ホスト', value: Buffer.from('制御室') },
      ];
      await put(topic, 'a', { headers });
      await put(topic, 'a', { headers, value: null });
      const { records } = await readToLive([topic]);
      expect(records.map((record) => record.headers)).toEqual([headers, headers]);
    }));

  it('stamps the records of a topic whose log stamps them, and says so', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic({ 'message.timestamp.type': 'LogAppendTime' });
      await put(topic, 'a');
      const [record] = (await readToLive([topic])).records;
      expect(record?.isStampedByLog).toBe(true);
      expect(record?.timestampAt).toBeGreaterThan(WRITTEN_AT);
    }));

  it('does not care what becomes of the caller’s buffers after the call', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, log, readToLive }) => {
      const topic = await makeTopic();
      const value = Buffer.from('before');
      const appended = log.append(anAppend(topic, 'a', { value }));
      value.fill('x');
      await appended;
      const { records } = await readToLive([topic]);
      expect(records.map((record) => record.value?.toString())).toEqual(['before']);
    }));
}

function describeRefusals(makeLog: MakeLog): void {
  it('refuses a record that is larger than the topic takes, and only that one', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, log, put, readToLive }) => {
      const topic = await makeTopic({ 'cleanup.policy': 'compact', 'max.message.bytes': '10000' });
      const large = log.append(anAppend(topic, 'large', { value: Buffer.alloc(20_000, 0x61) }));
      const small = put(topic, 'small');
      expect(await large).toMatchObject({ ok: false, error: { code: 'RecordTooLarge' } });
      await small;
      expect(keysOf((await readToLive([topic])).records)).toEqual(['small']);
    }));

  it('refuses a record for a topic that does not exist', ({ skip }) =>
    onLog(makeLog, skip, async ({ log }) => {
      const appended = await log.append(anAppend('no-such-topic-5d1f', 'a'));
      expect(appended).toMatchObject({ ok: false, error: { code: 'TopicMissing' } });
    }));

  it('refuses everything once it is closed', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, log }) => {
      const topic = await makeTopic();
      await log.close();
      const closed = { ok: false, error: { code: 'Closed', isRetriable: false } };
      expect(await log.append(anAppend(topic, 'a'))).toMatchObject(closed);
      expect(await log.describeTopics([topic])).toMatchObject(closed);
      expect(await log.createTopics([])).toMatchObject(closed);
    }));

  it('says of every refusal what to do', ({ skip }) =>
    onLog(makeLog, skip, async ({ log }) => {
      const appended = await log.append(anAppend('no-such-topic-5d1f', 'a'));
      const error = appended.ok ? undefined : appended.error;
      expect(error?.message).toMatch(/no-such-topic-5d1f.*\.$/);
      expect(error?.remedy).toMatch(/\w.*\.$/);
    }));
}
