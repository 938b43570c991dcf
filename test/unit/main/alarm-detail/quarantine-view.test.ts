import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../../core/lib/units.ts';
import { requestSchemas } from '../../../../ipc/contract.ts';
import { quarantineView } from '../../../../main/alarm-detail/quarantine-view.ts';

const position = { topic: 'active-alarms', partition: 0, offset: 7 };

describe('quarantineView', () => {
  it('shows key and value as text and as bytes, in the form of the contract', () => {
    const view = quarantineView({
      position,
      writtenAt: epochMs(1_000),
      reason: 'the key is not framed Avro',
      key: Buffer.from('channel1'),
      value: Buffer.from([0xff, 0x00]),
    });
    expect(view).toMatchObject({ key: 'channel1', keyHex: '6368616e6e656c31', valueHex: 'ff00' });
    expect(requestSchemas['quarantine:readRecords'].output.parse([view])).toEqual([view]);
  });

  it('tells a tombstone from an empty value, and shows a record without a key', () => {
    const record = { position, writtenAt: epochMs(1_000), reason: 'no key', key: null };
    expect(quarantineView({ ...record, value: null })).toMatchObject({
      keyHex: '',
      valueHex: null,
    });
    expect(quarantineView({ ...record, value: Buffer.alloc(0) }).valueHex).toBe('');
  });
});
