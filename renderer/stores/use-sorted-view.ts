import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { SelectionStore } from './selection-store.ts';
import { createSortedView, type SortedView, type ViewOptions } from './sorted-view.ts';
import { useStores } from './stores.tsx';

/**
 * A list of alarms for as long as its page is open. What is selected in it keeps its place; what a new filter hides is
 * selected no longer, so that no command reaches an alarm that is out of sight.
 */
export function useSortedView(options: ViewOptions, selection: SelectionStore): SortedView {
  const { feed } = useStores();
  const [view] = useState(() => createSortedView(feed.index, options));
  const taken = useRef(options);
  useLayoutEffect(() => {
    if (taken.current === options) return;
    taken.current = options;
    view.setOptions(options);
    keepShown(view, selection);
    view.hold(selection.getState().selected);
  }, [view, options, selection]);
  useEffect(() => selection.subscribe(({ selected }) => view.hold(selected)), [view, selection]);
  useEffect(() => view.dispose, [view]);
  return view;
}

/** One alarm's row, drawn again when it changes. */
export function useAlarmRow(name: string | null): AlarmRow | undefined {
  const { index } = useStores().feed;
  return useSyncExternalStore(index.subscribe, () =>
    name === null ? undefined : index.rowOf(name),
  );
}

function keepShown(view: SortedView, selection: SelectionStore): void {
  const { active, selected } = selection.getState();
  const shown = [...selected].filter((name) => view.indexOf(name) >= 0);
  if (active !== null && view.indexOf(active) < 0) selection.cleared();
  else if (shown.length < selected.size) selection.setState({ selected: new Set(shown) });
}
