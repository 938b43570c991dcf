import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteWriter, varintSize } from '../../../../../adapters/kafka/protocol/byte-writer.ts';
import { encodeRecord, keyOf } from '../../../../../adapters/kafka/protocol/produce.ts';
import { aLogAppend } from '../../../../builders/a-log-append.ts';

it('a record that was laid out holds its key as bytes of its own', () => {
  const keys = fc.array(fc.uint8Array({ maxLength: 70_000 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keys, (given) => {
      const mine = given.map((key) => Uint8Array.from(key));
      const encoded = mine.map((key) => encodeRecord(aLogAppend('topic', { key })));
      for (const key of mine) key.fill(0);
      expect(encoded.map((record) => [...keyOf(record)])).toEqual(given.map((key) => [...key]));
    }),
    { numRuns: 20 },
  );
});

it('the size of a varint is known before it is written', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      fc.pre(Math.abs(value) < 2 ** 52);
      expect(varintSize(value)).toBe(new ByteWriter().varint(value).length);
    }),
  );
});
