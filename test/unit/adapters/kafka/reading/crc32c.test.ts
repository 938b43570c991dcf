import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../../../adapters/kafka/reading/crc32c.ts';

describe('crc32c', () => {
  // The check values of RFC 3720, appendix B.4.
  test.each([
    ['32 bytes of zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['32 bytes counting up', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    ['32 bytes counting down', Uint8Array.from({ length: 32 }, (_, at) => 31 - at), 0x113fdb5c],
    ['the digits 1 to 9', new TextEncoder().encode('123456789'), 0xe3069283],
    ['nothing', new Uint8Array(0), 0],
  ])('%s', (_, bytes, expected) => {
    expect(crc32c(new DataView(bytes.buffer), 0, bytes.length)).toBe(expected);
  });

  test('any range of any length equals the checksum made bit by bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(40), (bytes, skip) => {
        const start = Math.min(skip, bytes.length);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        expect(crc32c(view, start, bytes.length)).toBe(bitByBit(bytes.subarray(start)));
      }),
    );
  });
});

function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
  }
  return ~crc >>> 0;
}
