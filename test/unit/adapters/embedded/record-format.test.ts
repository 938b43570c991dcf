import { describe, expect, it } from 'vitest';
import type { RecordHeaders } from '../../../../adapters/embedded/record-format.ts';
import {
  inspectRecord,
  layOutRecord,
  placeRecord,
  readRecord,
} from '../../../../adapters/embedded/record-format.ts';
import { placeOf } from '../../../../adapters/embedded/record-store.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { keyBytesOf, valueBytesOf } from '../../../../core/ports/alarm-log.ts';

const TIMESTAMP = epochMs(1_614_600_000_123);
const APPENDED = epochMs(1_614_600_000_456);
const PLACE = placeOf(3, 17);
const POSITION = { topic: 'active-alarms', offset: 17, isAfterGap: false };

function stored(value: Uint8Array | null, headers: RecordHeaders['headers'] = []): Buffer {
  const { bytes } = layOutRecord({
    topic: 'active-alarms',
    key: Buffer.from('ключ'),
    value,
    headers,
    timestampAt: TIMESTAMP,
  });
  const stamp = { timestampAt: TIMESTAMP, isStampedByLog: true, appendedAt: APPENDED };
  placeRecord(bytes, PLACE, stamp);
  return bytes;
}

describe('a stored record', () => {
  it('gives back what was laid out', () => {
    const record = readRecord(stored(Buffer.from('on')), PLACE, POSITION);
    expect(record.ok && record.value).toMatchObject({
      topic: 'active-alarms',
      partition: 0,
      offset: 17,
      isAfterGap: false,
      timestampAt: TIMESTAMP,
      isStampedByLog: true,
    });
    expect(record.ok && Buffer.from(keyBytesOf(record.value) ?? []).toString()).toBe('ключ');
    expect(record.ok && Buffer.from(valueBytesOf(record.value) ?? []).toString()).toBe('on');
  });

  it('keeps headers whose value is absent apart from empty ones', () => {
    const headers = [
      { name: 'user', value: null },
      { name: 'user', value: Buffer.alloc(0) },
      { name: 'host', value: Buffer.from('mcc') },
    ];
    for (const value of [Buffer.from('on'), null]) {
      const record = readRecord(stored(value, headers), PLACE, POSITION);
      expect(record.ok && record.value.headers).toEqual(headers);
    }
  });

  it('tells the store its key, whether it is a tombstone, and when it was appended', () => {
    const keyText = Buffer.from('ключ').toString('latin1');
    const facts = (value: Uint8Array | null) => inspectRecord(stored(value), PLACE);
    expect(facts(null)).toEqual({
      ok: true,
      value: { keyText, isTombstone: true, appendedAt: APPENDED },
    });
    expect(facts(Buffer.alloc(0))).toMatchObject({ value: { isTombstone: false } });
  });

  it('is found to be damaged at any flipped bit', () => {
    const whole = stored(Buffer.from('on'), [{ name: 'user', value: Buffer.from('op') }]);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bytes = Buffer.from(whole);
      bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readRecord(bytes, PLACE, POSITION)).toMatchObject({ ok: false });
    }
  });

  it('is found to be damaged when cut at any byte', () => {
    const whole = stored(Buffer.from('on'));
    for (let length = 0; length < whole.length; length += 1) {
      expect(inspectRecord(whole.subarray(0, length), PLACE)).toMatchObject({ ok: false });
    }
  });

  it('is found to be damaged in the place of another', () => {
    const whole = stored(Buffer.from('on'));
    expect(inspectRecord(whole, placeOf(3, 18))).toMatchObject({ ok: false });
    expect(inspectRecord(whole, placeOf(4, 17))).toMatchObject({ ok: false });
  });
});
