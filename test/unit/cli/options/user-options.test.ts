import { describe, expect, it } from 'vitest';
import { newPasswordOf } from '../../../../cli/options/user-options.ts';
import { aCommandCall } from '../../../builders/a-command-call.ts';

describe('a new password', () => {
  it('is typed twice, the same', async () => {
    const same = aCommandCall({ answers: ['a b', 'a b'] });
    expect(await newPasswordOf(same, 'alice')).toEqual({ ok: true, value: 'a b' });
    const differing = aCommandCall({ answers: ['a', 'b'] });
    expect(await newPasswordOf(differing, 'alice')).toEqual({
      ok: false,
      error: 'The two passwords differ; nothing was changed.',
    });
  });

  it('comes out of its variable, or is missing', async () => {
    const call = aCommandCall({ env: { KLAXON_USER_PASSWORD: 's' } });
    expect(await newPasswordOf(call, 'alice')).toEqual({ ok: true, value: 's' });
    for (const none of [{}, { KLAXON_USER_PASSWORD: '' }])
      expect(await newPasswordOf(aCommandCall({ env: none }), 'alice')).toEqual({
        ok: false,
        error: 'There is no password: set KLAXON_USER_PASSWORD, or run this on a terminal.',
      });
  });
});
