import { describe, expect, it } from 'vitest';
import { describeOpenFailure } from '../../../../adapters/embedded/level-failures.ts';

describe('a store that cannot be opened', () => {
  it.each([
    ['IO error: /log/LOCK: Permission denied', 'NotAuthorized'],
    ['IO error: /log/LOCK: No space left on device', 'DiskFull'],
    ['Corruption: bad block', 'StoreDamaged'],
    ['something new', 'Unexpected'],
  ])('because of “%s” is %s', (words, code) => {
    const cause = new Error('Database failed to open', { cause: new Error(words) });
    expect(describeOpenFailure('/log', cause)).toMatchObject({ code });
  });
});
