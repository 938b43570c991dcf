import { readInt64 } from './big-endian.ts';
import type { FetchedBytes } from './record-batch.ts';

/** A transaction that was taken back; its records from `firstOffset` on do not count. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/** What a fetch says of one partition. Marks are -1 where the broker does not know them. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly highWater: number;
  /** The end for readers of committed records: before the first transaction that is still open. */
  readonly lastStable: number;
  readonly logStart: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly recordsStart: number;
  readonly recordsEnd: number;
}

/** The answer to a fetch, with the records left as they are. */
export interface FetchResponse extends FetchedBytes {
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
}

/** Walks a Fetch response of versions 4 to 11. `null` when it does not keep to its own lengths. */
export function readFetchResponse(body: Uint8Array, version: number): FetchResponse | null {
  // Never the Buffer itself: its slice is a view, and a key of 20 bytes would keep megabytes alive.
  const bytes = new Uint8Array(body.buffer, body.byteOffset, body.length);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const reader = new BodyReader(view);
  try {
    reader.skip(4);
    const errorCode = version >= 7 ? reader.int16() : 0;
    reader.skip(version >= 7 ? 4 : 0);
    const partitions = readTopics(reader, version);
    return { bytes, view, errorCode, partitions };
  } catch (cause) {
    if (cause instanceof RangeError) {
      return null;
    }
    throw cause;
  }
}

/** The offset after the last whole batch of a partition's records; `position` where there is none. */
export function offsetAfter(view: DataView, fetched: FetchedPartition, position: number): number {
  let at = fetched.recordsStart;
  let last = -1;
  while (at + 61 <= fetched.recordsEnd) {
    const length = view.getInt32(at + 8);
    if (length < 49 || length > fetched.recordsEnd - at - 12) {
      break;
    }
    last = at;
    at += 12 + length;
  }
  return last < 0 ? position : readInt64(view, last) + view.getInt32(last + 23) + 1;
}

function readTopics(reader: BodyReader, version: number): FetchedPartition[] {
  const partitions: FetchedPartition[] = [];
  const topics = reader.count();
  for (let index = 0; index < topics; index += 1) {
    const topic = reader.text();
    const count = reader.count();
    for (let at = 0; at < count; at += 1) {
      partitions.push(readPartition(reader, topic, version));
    }
  }
  return partitions;
}

function readPartition(reader: BodyReader, topic: string, version: number): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWater = reader.int64();
  const lastStable = reader.int64();
  const logStart = version >= 5 ? reader.int64() : -1;
  const aborted = readAborted(reader);
  reader.skip(version >= 11 ? 4 : 0);
  const length = Math.max(0, reader.int32());
  const recordsStart = reader.at;
  reader.skip(length);
  return {
    topic,
    partition,
    errorCode,
    highWater,
    lastStable,
    logStart,
    aborted,
    recordsStart,
    recordsEnd: reader.at,
  };
}

function readAborted(reader: BodyReader): readonly AbortedTransaction[] {
  const count = reader.count();
  const aborted: AbortedTransaction[] = [];
  for (let at = 0; at < count; at += 1) {
    aborted.push({ producerId: reader.int64(), firstOffset: reader.int64() });
  }
  return aborted;
}

/** Throws a `RangeError` beyond the end, as the views that it reads do. */
class BodyReader {
  at = 0;
  readonly #view: DataView;

  constructor(view: DataView) {
    this.#view = view;
  }

  skip(count: number): void {
    this.at += count;
    if (this.at > this.#view.byteLength) {
      throw new RangeError('the response ends before it should');
    }
  }

  int16(): number {
    this.at += 2;
    return this.#view.getInt16(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.#view.getInt32(this.at - 4);
  }

  int64(): number {
    this.at += 8;
    return readInt64(this.#view, this.at - 8);
  }

  /** The length of an array; an absent one counts as empty, an impossible one ends the reading. */
  count(): number {
    const count = this.int32();
    if (count > this.#view.byteLength - this.at) {
      throw new RangeError('the response claims more entries than it has bytes');
    }
    return Math.max(0, count);
  }

  text(): string {
    const length = this.int16();
    const start = this.at;
    this.skip(Math.max(0, length));
    return NAMES.decode(
      new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, this.at - start),
    );
  }
}

const NAMES = new TextDecoder();
