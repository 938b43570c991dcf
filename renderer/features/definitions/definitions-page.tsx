import { type ReactElement, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { definitionsView } from '../../stores/alarms-membership.ts';
import type { FilterField } from '../../stores/filter-grammar.ts';
import { useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { useSortedView } from '../../stores/use-sorted-view.ts';
import {
  CATEGORY_COLUMN,
  LEVEL_COLUMN,
  LOCATION_COLUMN,
  NAME_COLUMN,
  SHAPE_COLUMN,
  SINCE_COLUMN,
  STATE_COLUMN,
} from '../../ui/alarm-cells.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { GridColumn } from '../../ui/grid-row.tsx';
import { alarmsText, count } from '../../ui/time-text.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';

/** What the definitions page needs of the frame around it. */
export interface DefinitionsPageProps {
  readonly reservedKeys: string;
  readonly onOpenDetail: () => void;
}

const SHELVING_COLUMN: GridColumn = {
  id: 'shelving',
  title: 'Shelving',
  draw: (row) => (row.canShelve ? 'allowed' : 'not allowed'),
};

const FIELDS: readonly FilterField[] = ['state', 'level', 'location', 'category'];

const COLUMNS: readonly GridColumn[] = [
  SHAPE_COLUMN,
  NAME_COLUMN,
  LOCATION_COLUMN,
  CATEGORY_COLUMN,
  LEVEL_COLUMN,
  STATE_COLUMN,
  SINCE_COLUMN,
  SHELVING_COLUMN,
];

/** Every registered alarm, whatever its state. */
export function DefinitionsPage(props: DefinitionsPageProps): ReactElement {
  const stores = useStores();
  const text = useStore(stores.console, (state) => state.filters.definitions);
  const order = useStore(stores.console, (state) => state.orders.definitions);
  const notLive = useReasonNotLive();
  const isKnown = useStore(stores.feed, (state) => state.isComplete) && notLive === null;
  const toCome = useStore(stores.feed, (state) => state.rowsToCome);
  const options = useMemo(() => definitionsView(text, order), [text, order]);
  const view = useSortedView(options, stores.selection);
  useSyncExternalStore(view.subscribe, view.version);
  const hidden = view.hiddenCount();
  return (
    <>
      <FilterBar page="definitions" fields={FIELDS} hidden={hidden} />
      <div className="list">
        <VirtualGrid
          label="Definitions"
          layout="definitions"
          source={view}
          columns={COLUMNS}
          order={order}
          selection={stores.selection}
          reservedKeys={props.reservedKeys}
          onSort={(column) => stores.console.columnChosen('definitions', column)}
          onOpen={props.onOpenDetail}
        />
        {view.count() === 0 ? <p className="empty">{emptyText(isKnown, hidden, toCome)}</p> : null}
      </div>
      <footer className="account">
        <span>
          {count(view.count())} of {count(view.count() + hidden)} registered alarms shown
          {toCome === 0 ? '' : ` · ${count(toCome)} more are being read`}
        </span>
      </footer>
    </>
  );
}

function emptyText(isKnown: boolean, hidden: number, toCome: number): string {
  if (hidden > 0) {
    return `No definition passes the filter: it hides ${alarmsText(hidden)}. Clear the filter to see ${hidden === 1 ? 'it' : 'them'}.`;
  }
  if (!isKnown) {
    return 'The log is not being followed to its end now. Nothing can be said of the definitions.';
  }
  return toCome > 0
    ? `The definitions are being read: ${alarmsText(toCome)} to come.`
    : 'No alarm is registered in this log. Register alarms with: klaxon set-registered.';
}
