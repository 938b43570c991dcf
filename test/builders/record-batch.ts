import { BATCH_HEADER_BYTES, CHECKED_FROM } from '../../adapters/kafka/reading/batch-header.ts';
import { writeInt64 } from '../../adapters/kafka/reading/big-endian.ts';
import { crc32c } from '../../adapters/kafka/reading/crc32c.ts';

/** One record to be put into a batch; absent key or value is written as absent. */
export interface BatchedRecord {
  readonly offsetDelta: number;
  readonly timestampDelta?: number;
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
  readonly headers?: readonly (readonly [string, Uint8Array | null])[];
}

/** What a batch is made of; everything has a plain default. */
export interface BatchParts {
  readonly baseOffset?: number;
  readonly lastOffsetDelta?: number;
  readonly baseTimestamp?: number;
  readonly maxTimestamp?: number;
  readonly producerId?: number;
  readonly leaderEpoch?: number;
  readonly attributes?: number;
  readonly recordCount?: number;
  readonly records?: readonly BatchedRecord[];
  /** Packs the records; the codec bits of `attributes` must say the same. */
  readonly pack?: (body: Uint8Array) => Uint8Array;
}

/** A record batch of format 2 as a broker would answer it, checksum included. */
export function aRecordBatch(parts: BatchParts = {}): Uint8Array {
  const records = parts.records ?? [{ offsetDelta: 0, key: text('key'), value: text('value') }];
  const plain = joined(records.map(encodeRecord));
  const body = parts.pack === undefined ? plain : parts.pack(plain);
  const bytes = new Uint8Array(BATCH_HEADER_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(body, BATCH_HEADER_BYTES);
  writeInt64(view, 0, parts.baseOffset ?? 0);
  view.setInt32(8, bytes.length - 12);
  view.setInt32(12, parts.leaderEpoch ?? 0);
  view.setInt8(16, 2);
  view.setInt16(21, parts.attributes ?? 0);
  view.setInt32(23, parts.lastOffsetDelta ?? records.at(-1)?.offsetDelta ?? 0);
  writeInt64(view, 27, parts.baseTimestamp ?? 1_700_000_000_000);
  writeInt64(view, 35, parts.maxTimestamp ?? 1_700_000_000_000);
  writeInt64(view, 43, parts.producerId ?? -1);
  view.setInt16(51, -1);
  view.setInt32(53, -1);
  view.setInt32(57, parts.recordCount ?? records.length);
  return withRightChecksum(bytes);
}

/** The control batch that ends a transaction of `producerId`. */
export function aTransactionEnd(
  kind: 'abort' | 'commit',
  producerId: number,
  baseOffset: number,
): Uint8Array {
  const key = new Uint8Array([0, 0, 0, kind === 'abort' ? 0 : 1]);
  const value = new Uint8Array(6);
  return aRecordBatch({
    baseOffset,
    producerId,
    attributes: 16 | 32,
    records: [{ offsetDelta: 0, key, value }],
  });
}

/** Writes the checksum that fits the bytes as they are now. */
export function withRightChecksum(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(17, crc32c(view, CHECKED_FROM, bytes.length));
  return bytes;
}

/** Text as bytes. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** Several ranges of bytes as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function encodeRecord(record: BatchedRecord): Uint8Array {
  const headers = record.headers ?? [];
  const body = joined([
    new Uint8Array([0]),
    varint(record.timestampDelta ?? 0),
    varint(record.offsetDelta),
    sized(record.key ?? null),
    sized(record.value ?? null),
    varint(headers.length),
    ...headers.flatMap(([name, value]) => [sized(text(name)), sized(value)]),
  ]);
  return joined([varint(body.length), body]);
}

function sized(bytes: Uint8Array | null): Uint8Array {
  return bytes === null ? varint(-1) : joined([varint(bytes.length), bytes]);
}

/** A zigzag variable-length number. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt(value) < 0n ? -BigInt(value) * 2n - 1n : BigInt(value) * 2n;
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return new Uint8Array(bytes);
}
