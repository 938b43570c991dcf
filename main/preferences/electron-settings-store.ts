import ElectronStore from 'electron-store';
import type { SettingsStore } from './preferences.ts';
import type { Settings } from './settings.ts';

/** Name of the settings file, without its ending, in the user's folder of the console. */
export const SETTINGS_NAME = 'settings';

/** Keeps settings in a file that is replaced whole at each change, so that a crash leaves the old or the new one. */
export function createElectronSettingsStore(folder: string): SettingsStore {
  const store = new ElectronStore<Settings>({ cwd: folder, name: SETTINGS_NAME });
  return {
    write(settings) {
      store.store = settings;
    },
  };
}
