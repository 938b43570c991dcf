import { describe, expect, it } from 'vitest';
import { readableKey } from '../../../../../renderer/features/quarantine/quarantine-dialog.tsx';

describe('quarantine dialog', () => {
  it('names a record without the bytes of its framing', () => {
    expect(readableKey('\u0000\u0000\u0001\u001aVIP2R08 état\u0004\ufffd')).toBe('VIP2R08 état');
    expect(readableKey('\u0000\u0001')).toBe('(no readable key)');
  });
});
