import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userConfigFolder } from '../../../../adapters/system/user-folders.ts';

describe('the folder of a user’s settings', () => {
  it.each([
    ['linux', { XDG_CONFIG_HOME: 'x' }, join('x', 'Klaxon')],
    ['linux', { XDG_CONFIG_HOME: '' }, join('home', '.config', 'Klaxon')],
    ['linux', { APPDATA: 'a' }, join('home', '.config', 'Klaxon')],
    ['win32', { APPDATA: 'a', XDG_CONFIG_HOME: 'x' }, join('a', 'Klaxon')],
    ['win32', {}, join('home', 'AppData', 'Roaming', 'Klaxon')],
    ['darwin', { XDG_CONFIG_HOME: 'x' }, join('home', 'Library', 'Application Support', 'Klaxon')],
  ] as const)('on %s with %o is %s', (platform, env, folder) => {
    expect(userConfigFolder({ platform, env, home: 'home' })).toBe(folder);
  });
});
