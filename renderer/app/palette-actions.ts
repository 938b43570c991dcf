import type { Preferences } from '../../ipc/contract.ts';
import type { PaletteAction } from '../features/palette/palette-items.ts';
import { type ActionId, act, reasonOff } from '../stores/actions.ts';
import type { Page } from '../stores/console-store.ts';
import type { SortColumn } from '../stores/row-order.ts';
import type { Stores } from '../stores/stores.tsx';
import { FILTER_INPUT_ID } from '../ui/filter-bar.tsx';

const ON_SELECTION: readonly (readonly [ActionId, string, string])[] = [
  ['acknowledge', 'Acknowledge what is selected', 'A'],
  ['shelve', 'Shelve what is selected…', 'S'],
  ['unshelve', 'Unshelve what is selected', 'U'],
  ['undo', 'Undo my last action', 'Z'],
];

const PAGE_WORDS: readonly (readonly [Page, string])[] = [
  ['alarms', 'Go to Alarms'],
  ['shelf', 'Go to Shelf'],
  ['definitions', 'Go to Definitions'],
];

/** The heads of the columns are for the mouse; by keyboard a list is ordered from here. Once more turns it round. */
const SORTS: readonly (readonly [SortColumn, string])[] = [
  ['level', 'Order by level, unacknowledged first'],
  ['since', 'Order by time, newest first'],
  ['name', 'Order by name'],
  ['location', 'Order by location'],
  ['category', 'Order by category'],
  ['state', 'Order by state'],
  ['by', 'Order by person'],
];

const THEME_WORDS: readonly (readonly [Preferences['theme'], string])[] = [
  ['system', 'Theme: as the system'],
  ['grey', 'Theme: grey'],
  ['dark', 'Theme: dark'],
  ['highContrast', 'Theme: high contrast'],
];

/** Every action of the window, for the palette. */
export function paletteActions(stores: Stores): readonly PaletteAction[] {
  const { console: place, session } = stores;
  return [
    ...ON_SELECTION.map(([id, text, shortcut]) => ({
      id,
      text,
      shortcut,
      reasonOff: reasonOff(stores, id),
      run: () => void act(stores, id),
    })),
    ...PAGE_WORDS.map(([page, text]) =>
      always(text, '', () => {
        if (place.getState().page !== page) stores.selection.cleared();
        place.pageOpened(page);
      }),
    ),
    always('Filter', '/', () => document.getElementById(FILTER_INPUT_ID)?.focus()),
    always('Clear the filter', '', () => place.filterChanged(place.getState().page, '')),
    always('Show the quarantine', '', () => place.dialogOpened({ dialog: 'quarantine' })),
    always('Show all keys', '?', () => place.dialogOpened({ dialog: 'keys' })),
    ...SORTS.map(([column, text]) =>
      always(text, '', () => place.columnChosen(place.getState().page, column)),
    ),
    ...THEME_WORDS.map(([theme, text]) =>
      always(text, '', () => void session.preferencesChanged({ theme })),
    ),
  ];
}

function always(text: string, shortcut: string, run: () => void): PaletteAction {
  return { id: text, text, shortcut, reasonOff: null, run };
}
