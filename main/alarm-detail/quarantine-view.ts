import type { Quarantined } from '../../adapters/alarm-reader/quarantine.ts';
import type { QuarantinedRecord } from '../../ipc/contract.ts';
import { attemptDecode } from '../../schemas/codecs/describe-record.ts';

/** A quarantined record as a person reads it: key as text, bytes as hex, and the best that can be said of them. */
export function quarantineView(record: Quarantined): QuarantinedRecord {
  const { topic, partition, offset } = record.position;
  return {
    position: { topic, partition, offset },
    writtenAt: record.writtenAt,
    reason: record.reason,
    key: record.key === null ? '' : Buffer.from(record.key).toString('utf8'),
    keyHex: record.key === null ? '' : Buffer.from(record.key).toString('hex'),
    valueHex: record.value === null ? null : Buffer.from(record.value).toString('hex'),
    attempt: record.value === null ? '' : attemptDecode(record.value),
  };
}
