import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SortColumn, SortOrder } from './row-order.ts';

/** The pages of the window. */
export type Page = 'alarms' | 'shelf' | 'definitions';

/** What stands in front of the page: one thing at most. */
export type OpenDialog =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'shelve'; readonly names: readonly string[] }
  | { readonly dialog: 'quarantine' }
  | { readonly dialog: 'keys' }
  | { readonly dialog: 'palette' };

/** Where the operator is in the window. */
export interface ConsoleState {
  readonly page: Page;
  readonly dialog: OpenDialog;
  readonly filters: Readonly<Record<Page, string>>;
  readonly orders: Readonly<Record<Page, SortOrder>>;
}

/** The window's own state: nothing of it is in the log. */
export interface ConsoleStore extends StoreApi<ConsoleState> {
  pageOpened(page: Page): void;
  dialogOpened(dialog: OpenDialog): void;
  dialogClosed(): void;
  filterChanged(page: Page, text: string): void;
  columnChosen(page: Page, column: SortColumn): void;
}

/** Makes the store, on the alarms page. */
export function createConsoleStore(): ConsoleStore {
  const store = createStore<ConsoleState>(() => ({
    page: 'alarms',
    dialog: { dialog: 'none' },
    filters: { alarms: '', shelf: '', definitions: '' },
    orders: {
      alarms: { column: 'level', isReversed: false },
      shelf: { column: 'shelvedUntil', isReversed: false },
      definitions: { column: 'name', isReversed: false },
    },
  }));
  return {
    ...store,
    pageOpened: (page) => store.setState({ page }),
    dialogOpened: (dialog) => store.setState({ dialog }),
    dialogClosed: () => store.setState({ dialog: { dialog: 'none' } }),
    filterChanged: (page, text) =>
      store.setState((state) => ({ filters: { ...state.filters, [page]: text } })),
    columnChosen: (page, column) =>
      store.setState((state) => {
        const before = state.orders[page];
        const isReversed = before.column === column && !before.isReversed;
        return { orders: { ...state.orders, [page]: { column, isReversed } } };
      }),
  };
}
