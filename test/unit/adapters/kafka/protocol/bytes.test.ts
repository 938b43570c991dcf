import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ByteReader,
  ShortResponseError,
} from '../../../../../adapters/kafka/protocol/byte-reader.ts';
import { ByteWriter } from '../../../../../adapters/kafka/protocol/byte-writer.ts';
import { readMetadataResponse } from '../../../../../adapters/kafka/protocol/metadata.ts';

describe('what ByteWriter writes, ByteReader reads', () => {
  it('for every value of every kind', () => {
    const numbers = fc.record({
      int8: fc.integer({ min: -128, max: 127 }),
      int16: fc.integer({ min: -32_768, max: 32_767 }),
      int32: fc.integer(),
      int64: fc.maxSafeInteger(),
      text: fc.option(fc.string({ unit: 'grapheme', maxLength: 300 })),
      list: fc.array(fc.integer(), { maxLength: 80 }),
      flag: fc.boolean(),
    });
    fc.assert(
      fc.property(numbers, (value) => {
        const writer = new ByteWriter();
        writer.int8(value.int8).int16(value.int16).int32(value.int32).int64(value.int64);
        writer.string(value.text).boolean(value.flag);
        writer.array(value.list, (item) => writer.int32(item));
        const reader = new ByteReader(Buffer.from(writer.finish()));
        expect({
          int8: reader.int8(),
          int16: reader.int16(),
          int32: reader.int32(),
          int64: reader.int64(),
          text: reader.nullableString(),
          flag: reader.boolean(),
          list: reader.array(() => reader.int32()),
        }).toEqual(value);
      }),
    );
  });
});

describe('ByteReader', () => {
  it('refuses to read past the end, whatever a length claims', () => {
    const claims = new ByteWriter().int32(0x7fff_ffff).int16(5).finish();
    const list = new ByteReader(Buffer.from(claims));
    expect(() => list.array(() => list.string())).toThrow(ShortResponseError);
    expect(() => new ByteReader(Buffer.alloc(3)).int32()).toThrow(ShortResponseError);
  });

  it('ends with a RangeError on any bytes at all, in the answers that it is used for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readMetadataResponse(Buffer.from(bytes), 5);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
