import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../../../adapters/kafka/protocol/byte-reader.ts';
import { fetchRequest } from '../../../../../adapters/kafka/reading/fetch-request.ts';
import {
  offsetAfter,
  readFetchResponse,
} from '../../../../../adapters/kafka/reading/fetch-response.ts';
import { aFetchResponse } from '../../../../builders/fetch-response.ts';
import { aRecordBatch } from '../../../../builders/record-batch.ts';

const VERSIONS = [4, 5, 6, 7, 8, 9, 10, 11];
const BOUNDS = { waitMs: 500, partitionBytes: 1_000, responseBytes: 2_000 };
const PLACES = [
  { topic: 'a', partition: 0, offset: 5_000_000_000 },
  { topic: 'b', partition: 1, offset: 7 },
  { topic: 'a', partition: 2, offset: 0 },
];

describe('fetchRequest', () => {
  test.each(VERSIONS)('version %i asks for committed records outside any session', (version) => {
    const request = fetchRequest(version, PLACES, BOUNDS);
    const reader = new ByteReader(Buffer.from(request.body));
    const head = [reader.int32(), reader.int32(), reader.int32(), reader.int32(), reader.int8()];
    expect(head).toEqual([-1, 500, 1, 2_000, 1]);
    if (version >= 7) expect([reader.int32(), reader.int32()]).toEqual([0, -1]);
    const topics = reader.array(() => ({
      topic: reader.string(),
      partitions: reader.array(() => {
        const partition = reader.int32();
        if (version >= 9) expect(reader.int32()).toBe(-1);
        const offset = reader.int64();
        if (version >= 5) expect(reader.int64()).toBe(-1);
        expect(reader.int32()).toBe(1_000);
        return [partition, offset];
      }),
    }));
    expect(topics).toEqual([
      {
        topic: 'a',
        partitions: [
          [0, 5_000_000_000],
          [2, 0],
        ],
      },
      { topic: 'b', partitions: [[1, 7]] },
    ]);
    if (version >= 7) expect(reader.int32()).toBe(0);
    if (version >= 11) expect(reader.string()).toBe('');
    expect(() => reader.int8()).toThrow();
    expect(request).toMatchObject({ apiKey: 1, apiVersion: version });
  });
});

describe('readFetchResponse', () => {
  const batch = aRecordBatch({ baseOffset: 40, lastOffsetDelta: 2 });

  test.each(VERSIONS)('version %i', (version) => {
    const aborted = [{ producerId: 9, firstOffset: 41 }];
    const parts = { topic: 'a', partition: 3, highWater: 99, lastStable: 43, aborted };
    const body = aFetchResponse([{ ...parts, batches: [batch] }, { errorCode: 6 }], version);
    const response = readFetchResponse(body, version);
    expect(response?.partitions).toMatchObject([{ ...parts, errorCode: 0 }, { errorCode: 6 }]);
    const [first, second] = response?.partitions ?? [];
    const records = response?.bytes.subarray(first?.recordsStart, first?.recordsEnd);
    expect(Buffer.from(records ?? []).equals(batch)).toBe(true);
    expect((second?.recordsEnd ?? 0) - (second?.recordsStart ?? 0)).toBe(0);
  });

  test('bytes are no Buffer, so that a key cut out of them is a copy', () => {
    const response = readFetchResponse(aFetchResponse([{ batches: [batch] }]), 11);
    expect(Buffer.isBuffer(response?.bytes)).toBe(false);
    expect(response?.bytes.slice(0, 1).buffer).not.toBe(response?.bytes.buffer);
  });

  test('an answer cut off at any byte is refused, and never throws', () => {
    const body = aFetchResponse([
      { batches: [batch], aborted: [{ producerId: 1, firstOffset: 2 }] },
    ]);
    for (let length = 0; length < body.length; length += 1) {
      expect(readFetchResponse(body.subarray(0, length), 11)).toBeNull();
    }
  });

  test('any bytes are refused or read, and never throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.constantFrom(...VERSIONS),
        (bytes, version) => {
          const response = readFetchResponse(bytes, version);
          expect(response === null || response.partitions.length <= bytes.length).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('offsetAfter foresees the offset behind the last whole batch', () => {
    const next = aRecordBatch({ baseOffset: 43, lastOffsetDelta: 4 });
    const cut = next.subarray(0, next.length - 1);
    const response = readFetchResponse(
      aFetchResponse([{ batches: [batch, next] }, { batches: [batch, cut] }, {}]),
      11,
    );
    const foreseen = response?.partitions.map((each) => offsetAfter(response.view, each, 7));
    expect(foreseen).toEqual([48, 43, 7]);
  });
});
