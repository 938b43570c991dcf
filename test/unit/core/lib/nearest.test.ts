import { describe, expect, it } from 'vitest';
import { nearest } from '../../../../core/lib/nearest.ts';

describe('nearest', () => {
  it('finds a word with a slip, and none for another word', () => {
    expect(nearest('list-actve', ['list-active', 'list-shelved'])).toBe('list-active');
    expect(nearest('shelf', ['list-active'])).toBeNull();
  });

  it('finds none for what is longer than any word', () => {
    expect(nearest('x'.repeat(10_000), ['list-active', 'shelve'])).toBeNull();
  });
});
