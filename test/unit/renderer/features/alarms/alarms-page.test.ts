import { describe, expect, it } from 'vitest';
import { sumText } from '../../../../../renderer/features/alarms/alarms-page.tsx';

describe('account of all alarms', () => {
  it('puts every alarm on both sides', () => {
    const counts = {
      registered: 248,
      notRegistered: 1,
      normal: 232,
      unacknowledged: 6,
      acknowledged: 5,
      returned: 2,
      shelved: 3,
      suppressed: 0,
      outOfService: 0,
      undecodable: 1,
    };
    expect(sumText(counts)).toBe(
      '248 registered + 1 not registered = 232 normal + 13 active + 3 shelved + 1 undecodable',
    );
  });
});
