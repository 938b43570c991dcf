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

  it.each([
    ['EEXIST', 'it is a file, not a folder'],
    ['ENOTDIR', 'a part of its path is a file'],
    ['ENOENT', 'the folder that it is to lie in is not there'],
  ])('because the system says %s is told in our words', (code, words) => {
    const inner = Object.assign(new Error(`${code}: mkdir`), { code });
    const trouble = describeOpenFailure('/log', new Error('not opened', { cause: inner }));
    expect(trouble.message).toContain(`No alarm store can be kept in /log: ${words}`);
    expect(trouble.remedy).toBe('Choose another folder.');
  });
});
