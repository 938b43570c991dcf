import { describe, expect, it } from 'vitest';
import { ok } from '../../../../core/lib/result.ts';
import { createPreferencesDesk } from '../../../../main/preferences/preferences.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../main/preferences/settings.ts';

function openDesk(write: (settings: Settings) => void) {
  return createPreferencesDesk(DEFAULT_SETTINGS, { write });
}

describe('createPreferencesDesk', () => {
  it('saves what is given and keeps the rest', () => {
    const written: Settings[] = [];
    const desk = openDesk((settings) => written.push(settings));
    expect(desk.save({ theme: 'dark' })).toEqual(ok({ theme: 'dark', documentBase: '' }));
    expect(desk.save({ documentBase: 'https://docs.example.org/' })).toMatchObject({
      value: { theme: 'dark' },
    });
    expect(written.at(-1)).toMatchObject({
      theme: 'dark',
      documentBase: 'https://docs.example.org/',
    });
  });

  it('remembers where the window stood, without telling the page', () => {
    const desk = openDesk(() => {});
    const bounds = { width: 1200, height: 800, place: { x: 5, y: 6 }, isMaximized: true };
    desk.saveBounds(bounds);
    expect(desk.readBounds()).toEqual(bounds);
    expect(desk.read()).toEqual({ theme: 'system', documentBase: '' });
  });

  it('answers Failed and changes nothing where the disk does not take it', () => {
    const desk = openDesk(() => {
      throw new Error('ENOSPC: no space left on device');
    });
    expect(desk.save({ theme: 'dark' })).toMatchObject({ ok: false, error: { code: 'Failed' } });
    expect(desk.read().theme).toBe('system');
  });
});
