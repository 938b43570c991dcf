import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { IpcError, Preferences } from '../../ipc/contract.ts';
import type { WindowBounds } from '../window/window-bounds.ts';
import type { Settings } from './settings.ts';

/** Where settings are kept; writing throws where the disk does not take it. */
export interface SettingsStore {
  write(settings: Settings): void;
}

/** What one user has chosen, and where the window stood. */
export interface PreferencesDesk {
  read(): Preferences;
  /** Saves what is given and keeps the rest. `Failed` where the file cannot be written. */
  save(change: PreferencesChange): Result<Preferences, IpcError>;
  readBounds(): WindowBounds | null;
  saveBounds(bounds: WindowBounds): Result<Preferences, IpcError>;
}

/** Preferences to change; the others stay. */
export type PreferencesChange = { readonly [K in keyof Preferences]?: Preferences[K] | undefined };

export function createPreferencesDesk(first: Settings, store: SettingsStore): PreferencesDesk {
  let settings = first;
  const read = (): Preferences => {
    const { theme, documentBase } = settings;
    return { theme, documentBase };
  };
  const keep = (next: Settings): Result<Preferences, IpcError> => {
    try {
      store.write(next);
    } catch (thrown) {
      const details = thrown instanceof Error ? thrown.message : String(thrown);
      return failure({ code: 'Failed', message: 'The settings could not be saved.', details });
    }
    settings = next;
    return ok(read());
  };
  return {
    read,
    save: ({ theme, documentBase }) =>
      keep({
        ...settings,
        theme: theme ?? settings.theme,
        documentBase: documentBase ?? settings.documentBase,
      }),
    readBounds: () => settings.window,
    saveBounds: (bounds) => keep({ ...settings, window: bounds }),
  };
}
