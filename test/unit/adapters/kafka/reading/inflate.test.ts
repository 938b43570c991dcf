import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INFLATED_LIMIT, inflate } from '../../../../../adapters/kafka/reading/inflate.ts';
import { joined } from '../../../../builders/record-batch.ts';

const plain = fixture('plain.txt');
const packed = [
  ['gzip', 1, new Uint8Array(gzipSync(plain))],
  ['snappy, bare', 2, fixture('plain.snappy')],
  ['snappy, chunked as the Java clients write it', 2, chunkedSnappy(fixture('plain.snappy'))],
  ['lz4', 3, fixture('plain.lz4')],
  ['lz4 with linked and checked blocks', 3, fixture('plain-checked-blocks.lz4')],
  ['zstd with content size', 4, fixture('plain-stream.zst')],
  ['zstd from a pipe', 4, fixture('plain-pipe.zst')],
] as const;

describe('inflate', () => {
  test.each(packed)('%s: what another program packed comes out as it was', (_, codec, body) => {
    const inflated = inflate(codec, body);
    expect(inflated.ok && Buffer.from(inflated.value).equals(plain)).toBe(true);
  });

  test.each(packed)('%s: cut off at every byte never throws', (_, codec, body) => {
    for (let length = 0; length < body.length; length += 1) {
      const inflated = inflate(codec, body.subarray(0, length));
      expect(inflated.ok === false || inflated.value.length <= plain.length).toBe(true);
    }
  });

  test.each(packed)('%s: refuses to pass its bound', (_, codec, body) => {
    const inflated = inflate(codec, body, 1000);
    expect(inflated).toMatchObject({ ok: false, error: { code: 'Inflation' } });
  });

  test.each(packed)('%s: damaged bytes never throw and never pass the bound', (_, codec, body) => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = body.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const inflated = inflate(codec, damaged, 1_000_000);
        expect(inflated.ok === false || inflated.value.length <= 1_000_000).toBe(true);
      }),
    );
  });

  test('a gzip bomb of 100 MiB is refused', () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(100 * 1024 * 1024)));
    expect(inflate(1, bomb)).toMatchObject({ ok: false, error: { code: 'Inflation' } });
  });

  test('a snappy length that is a lie reserves nothing and is refused', () => {
    const lie = new Uint8Array([0x80, 0x80, 0x80, 0x10, 0x00, 0x41]);
    expect(inflate(2, lie)).toMatchObject({ ok: false, error: { code: 'Inflation' } });
  });

  test('a zstd frame of 13 bytes that wants a window of 2 GB is refused', () => {
    const bomb = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x0b, 0, 0, 0x41, 0, 0, 0]);
    expect(inflate(4, bomb)).toMatchObject({ ok: false, error: { code: 'Inflation' } });
  });

  test('zstd blocks that repeat one byte 128 KiB at a time count against the bound', () => {
    const head = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
    const block = new Uint8Array([0x02, 0x00, 0x10, 0x41]);
    const last = new Uint8Array([0x03, 0x00, 0x10, 0x41]);
    const blocks = INFLATED_LIMIT / (128 * 1024);
    const bomb = joined([head, ...Array.from({ length: blocks }, () => block), last]);
    expect(inflate(4, bomb)).toMatchObject({ ok: false, error: { code: 'Inflation' } });
  });

  test.each([0, 5, 6, 7])('codec %i does not exist', (codec) => {
    expect(inflate(codec, plain)).toMatchObject({ ok: false, error: { code: 'UnknownCodec' } });
  });
});

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../../fixtures/codecs/${name}`, import.meta.url));
}

function chunkedSnappy(body: Uint8Array): Uint8Array {
  const head = Buffer.from('82534e41505059000000000100000001', 'hex');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return joined([head, length, body]);
}
