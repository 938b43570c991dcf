import { describe, expect, it } from 'vitest';
import { hexLines } from '../../../../../renderer/features/quarantine/hex-lines.ts';

describe('hex lines', () => {
  it('shows sixteen bytes a line with what can be read', () => {
    const lines = hexLines('000000000a4348414e4e454c31206f6b21');
    expect(lines.map((line) => line.offset)).toEqual(['0000', '0010']);
    expect(lines[0]?.bytes).toBe('00 00 00 00 0a 43 48 41 4e 4e 45 4c 31 20 6f 6b');
    expect(lines.map((line) => line.text)).toEqual(['.....CHANNEL1 ok', '!']);
  });

  it('shows nothing of nothing', () => {
    expect(hexLines('')).toEqual([]);
  });
});
