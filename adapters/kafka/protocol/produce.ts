import type { EpochMs } from '../../../core/lib/units.ts';
import type { LogAppend } from '../../../core/ports/alarm-log.ts';
import type { ApiRange } from '../connection/cluster.ts';
import { crc32c } from '../reading/crc32c.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter, varintSize } from './byte-writer.ts';

export const PRODUCE: ApiRange = { apiKey: 0, apiName: 'Produce', min: 3, max: 7 };

/** Who writes, so that the broker recognises a batch that it has already taken; -1 throughout where nobody is known. */
export interface BatchSequence {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly firstSequence: number;
}

const ALL_REPLICAS = -1;
const MAGIC = 2;
const CREATE_TIME = 0;
// Behind base offset, length, leader epoch, magic and the checksum itself.
const CHECKED_FROM = 21;
const LENGTH_FROM = 12;

/** One batch of records for one partition, to be acknowledged by all replicas in sync. */
export function writeProduceRequest(
  topic: string,
  partition: number,
  batch: Uint8Array,
  timeoutMs: number,
): Uint8Array {
  const writer = new ByteWriter();
  writer.string(null).int16(ALL_REPLICAS).int32(timeoutMs);
  writer.array([topic], (name) => {
    writer.string(name).array([partition], (index) => {
      writer.int32(index).int32(batch.length).raw(batch);
    });
  });
  return writer.finish();
}

/** A record laid out as far as it does not depend on where it stands in its batch. */
export interface EncodedRecord {
  readonly timestampAt: EpochMs;
  readonly keyLength: number;
  readonly body: Uint8Array;
}

/** Lays out key, value and headers as bytes of their own, once for all attempts. */
export function encodeRecord({ timestampAt, key, value, headers }: LogAppend): EncodedRecord {
  const writer = RECORD_WRITER.clear();
  writer.varintBytes(key).varintBytes(value).varint(headers.length);
  for (const header of headers) writer.varintString(header.name).varintBytes(header.value);
  return { timestampAt, keyLength: key.length, body: writer.finishShort() };
}

/** The key within the record. */
export function keyOf({ keyLength, body }: EncodedRecord): Uint8Array {
  const from = varintSize(keyLength);
  return body.subarray(from, from + keyLength);
}

/** One for all records: a writer of its own for each would be most of the garbage of a flood. */
const RECORD_WRITER = new ByteWriter();

/** Records as one batch of message format 2, uncompressed, each stamped with its own time. */
export function encodeRecordBatch(
  records: readonly EncodedRecord[],
  by: BatchSequence,
): Uint8Array {
  const times = records.map((record) => record.timestampAt);
  const firstAt = times[0] ?? 0;
  const writer = new ByteWriter();
  writer.int64(0).int32(0).int32(-1).int8(MAGIC).uint32(0);
  writer.int16(CREATE_TIME).int32(records.length - 1);
  writer.int64(firstAt).int64(Math.max(firstAt, ...times));
  writer.int64(by.producerId).int16(by.producerEpoch).int32(by.firstSequence);
  writer.int32(records.length);
  for (const [index, record] of records.entries()) {
    const afterFirstMs = record.timestampAt - firstAt;
    const head = RECORD_ATTRIBUTES_SIZE + varintSize(afterFirstMs) + varintSize(index);
    writer
      .varint(head + record.body.length)
      .int8(0)
      .varint(afterFirstMs)
      .varint(index);
    writer.raw(record.body);
  }
  return sealed(writer.finish());
}

/** Reads the answer for the one partition. Throws a RangeError where it is cut short or names none. */
export function readProduceResponse(
  body: Buffer,
  version: number,
): { readonly errorCode: number; readonly baseOffset: number } {
  const reader = new ByteReader(body);
  const answers = reader.array(() => {
    reader.string();
    return reader.array(() => {
      reader.int32(); // partition
      const answer = { errorCode: reader.int16(), baseOffset: reader.int64() };
      reader.int64(); // time of the log
      if (version >= 5) reader.int64(); // first offset of the log
      return answer;
    });
  });
  const answer = answers[0]?.[0];
  if (answer === undefined) throw new RangeError('the answer names no partition');
  return answer;
}

const RECORD_ATTRIBUTES_SIZE = 1;

function sealed(batch: Uint8Array): Uint8Array {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  view.setInt32(8, batch.length - LENGTH_FROM);
  view.setUint32(17, crc32c(view, CHECKED_FROM, batch.length));
  return batch;
}
