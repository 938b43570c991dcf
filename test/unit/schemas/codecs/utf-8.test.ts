import { describe, expect, it } from 'vitest';
import { isUtf8, isWritableText, textOf } from '../../../../schemas/codecs/utf-8.ts';
import { seededRandom } from '../../../support/mutated-records.ts';

describe('UTF-8', () => {
  it('agrees with the strict decoder of the platform on bytes of every kind', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const random = seededRandom(3);
    const leads = [
      0x20, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
    ];
    const seconds = [0x20, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
    let refused = 0;
    const disagreements: unknown[] = [];
    for (let round = 0; round < 30_000; round += 1) {
      const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 6) }, (_, at) =>
        pick(at % 3 === 0 ? leads : seconds, random),
      );
      let text: string | null = null;
      try {
        text = strict.decode(bytes);
      } catch {
        refused += 1;
      }
      if (textOf(bytes, 0, bytes.length) !== text) {
        disagreements.push([...bytes]);
      }
    }
    expect(disagreements).toEqual([]);
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(30_000);
  });

  it('looks at the range alone', () => {
    const bytes = Buffer.from([0xff, 0xe7, 0x9c, 0x9f, 0x80]);
    expect([isUtf8(bytes, 1, 4), isUtf8(bytes, 1, 3), isUtf8(bytes, 1, 5)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(textOf(bytes, 1, 4)).toBe('真');
  });

  it('keeps a byte order mark, which is part of a name', () => {
    expect(textOf(Buffer.from('\ufeffa'), 0, 4)).toBe('\ufeffa');
  });

  it('can write every text but halves of characters', () => {
    expect(['', 'é真😀', 'a\ud83d', '\ude00'].map(isWritableText)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

function pick(choices: readonly number[], random: () => number): number {
  return choices[Math.floor(random() * choices.length)] ?? 0;
}
