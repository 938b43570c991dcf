import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the operator has selected in a list, by name: it never moves because rows re-sort. */
export interface SelectionState {
  /** The alarm that the keyboard stands on and the detail shows. */
  readonly active: string | null;
  /** Where a range began. */
  readonly anchor: string | null;
  readonly selected: ReadonlySet<string>;
}

/** The selection of a list. */
export interface SelectionStore extends StoreApi<SelectionState> {
  /** One alarm alone is selected. */
  chose(name: string): void;
  /** A range from the anchor; `names` holds it, `active` is its moving end. */
  extended(names: readonly string[], active: string): void;
  /** One more, or one less (Ctrl). */
  toggled(name: string): void;
  choseAll(names: readonly string[]): void;
  cleared(): void;
}

const NONE: SelectionState = { active: null, anchor: null, selected: new Set() };

/** Makes an empty selection. */
export function createSelectionStore(): SelectionStore {
  const store = createStore<SelectionState>(() => NONE);
  return {
    ...store,
    chose: (name) => store.setState({ active: name, anchor: name, selected: new Set([name]) }),
    extended: (names, active) => store.setState({ active, selected: new Set(names) }),
    toggled: (name) => {
      const selected = new Set(store.getState().selected);
      if (!selected.delete(name)) selected.add(name);
      store.setState({ active: name, anchor: name, selected });
    },
    choseAll: (names) => {
      const { active } = store.getState();
      const first = names[0] ?? null;
      store.setState({ active: active ?? first, anchor: first, selected: new Set(names) });
    },
    cleared: () => store.setState(NONE),
  };
}
