import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partitionOfKey } from '../../../../../adapters/kafka/producing/partition-of-key.ts';

describe('partitionOfKey', () => {
  it.each([
    // As `org.apache.kafka.common.utils.Utils.murmur2` has them, in 2^31 partitions: its positive part.
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('hashes %s as Kafka’s own client does', (key, hash) => {
    expect(partitionOfKey(Buffer.from(key), 2 ** 31)).toBe(hash & 0x7fff_ffff);
  });

  it('is always one of the partitions, and the same for the same key', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 200 }), (key, partitions) => {
        const partition = partitionOfKey(key, partitions);
        expect(partition).toBeGreaterThanOrEqual(0);
        expect(partition).toBeLessThan(partitions);
        expect(partitionOfKey(Uint8Array.from(key), partitions)).toBe(partition);
      }),
    );
  });
});
