import { describe, expect, it } from 'vitest';
import { whyTooLarge } from '../../../../cli/writing/record-room.ts';
import { epochMs } from '../../../../core/lib/units.ts';

function aRecord(keyBytes: number, valueBytes: number) {
  const [key, value] = [Buffer.alloc(keyBytes), Buffer.alloc(valueBytes)];
  return { topic: 'registered-alarms', key, value, headers: [], timestampAt: epochMs(0) };
}

describe('a record that is too large for its topic', () => {
  it('is told with its longest field and the limit', () => {
    const json = { producer: { DirectCAAlarm: { pv: 'ä'.repeat(30) } }, docurl: 'd'.repeat(40) };
    expect(whyTooLarge(aRecord(5, 95), 100, json)).toBeNull();
    expect(whyTooLarge(aRecord(5, 96), 100, json)).toBe(
      'the record has 101 bytes, 60 of them in pv, and registered-alarms takes at most 100 (max.message.bytes). Shorten pv.',
    );
    expect(whyTooLarge(aRecord(70, 96), 100, json)).toContain('70 of them in the name');
  });
});
