import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Preferences } from '../../ipc/contract.ts';
import type { Page } from '../stores/console-store.ts';
import { useStores } from '../stores/stores.tsx';
import { Picker } from '../ui/picker.tsx';

const ENTRIES: readonly { readonly page: Page; readonly text: string; readonly icon: string }[] = [
  { page: 'alarms', text: 'Alarms', icon: 'M12 3.5 21.5 20h-19Z M12 10v5 M12 17.3v.7' },
  { page: 'shelf', text: 'Shelf', icon: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z M12 7v5l3.5 2' },
  {
    page: 'definitions',
    text: 'Definitions',
    icon: 'M5 4h14v16H5Z M8.5 9h7 M8.5 13h7 M8.5 17h4',
  },
];

const THEMES: readonly { readonly value: Preferences['theme']; readonly text: string }[] = [
  { value: 'system', text: 'as the system' },
  { value: 'grey', text: 'grey' },
  { value: 'dark', text: 'dark' },
  { value: 'highContrast', text: 'high contrast' },
];

/** The pages of the window, and how it looks. */
export function PageNav({ onPage }: { readonly onPage: (page: Page) => void }): ReactElement {
  const { console: place, session } = useStores();
  const page = useStore(place, (state) => state.page);
  const theme = useStore(session, (state) => state.preferences?.theme ?? 'system');
  return (
    <nav className="nav" aria-label="Pages">
      {ENTRIES.map((entry) => (
        <button
          type="button"
          key={entry.page}
          aria-current={entry.page === page ? 'page' : undefined}
          onClick={() => onPage(entry.page)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={entry.icon} />
          </svg>
          {entry.text}
        </button>
      ))}
      <div className="nav-foot">
        <Picker
          title="Theme"
          isSingle
          isQuiet
          choices={THEMES}
          picked={[theme]}
          onPick={([value]) => {
            const chosen = THEMES.find((one) => one.value === value);
            if (chosen !== undefined) void session.preferencesChanged({ theme: chosen.value });
          }}
        />
      </div>
    </nav>
  );
}
