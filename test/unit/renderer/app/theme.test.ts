import { describe, expect, it } from 'vitest';
import { wornTheme } from '../../../../renderer/app/theme.ts';

describe('theme', () => {
  it('follows the computer only where the operator wishes so', () => {
    expect([wornTheme('system', true), wornTheme('system', false)]).toEqual(['dark', 'grey']);
    expect([wornTheme('grey', true), wornTheme('highContrast', false)]).toEqual([
      'grey',
      'highContrast',
    ]);
  });
});
