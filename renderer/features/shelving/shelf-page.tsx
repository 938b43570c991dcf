import { type ReactElement, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { shelfView } from '../../stores/alarms-membership.ts';
import type { FilterField } from '../../stores/filter-grammar.ts';
import { useReasonNotLive, useStores, useTimeText } from '../../stores/stores.tsx';
import { useSortedView } from '../../stores/use-sorted-view.ts';
import {
  cutText,
  LEVEL_COLUMN,
  LOCATION_COLUMN,
  NAME_COLUMN,
  SHAPE_COLUMN,
} from '../../ui/alarm-cells.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { GridColumn } from '../../ui/grid-row.tsx';
import { STATE_PRESENTATION } from '../../ui/presentation.ts';
import {
  alarmsText,
  count,
  fullTimeText,
  shortTimeText,
  timeLeftText,
} from '../../ui/time-text.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';

/** What the shelf page needs of the frame around it. */
export interface ShelfPageProps {
  readonly reservedKeys: string;
  readonly onOpenDetail: () => void;
}

const FIELDS: readonly FilterField[] = ['level', 'location', 'category'];

const COLUMNS: readonly GridColumn[] = [
  SHAPE_COLUMN,
  LEVEL_COLUMN,
  NAME_COLUMN,
  LOCATION_COLUMN,
  {
    id: 'left',
    title: 'Time left',
    sort: 'shelvedUntil',
    draw: (row) => <TimeLeft row={row} />,
  },
  { id: 'until', title: 'Until', draw: (row) => <Until row={row} /> },
  {
    id: 'under',
    title: 'Beneath',
    draw: (row) => cutText(STATE_PRESENTATION[row.actual].word),
  },
  { id: 'by', title: 'By', sort: 'by', draw: (row) => cutText(row.shelvedBy) },
  { id: 'reason', title: 'Reason', draw: (row) => cutText(row.shelfReason) },
  { id: 'unshelve', title: 'Unshelve', draw: (row) => <Unshelve row={row} /> },
];

/** What is shelved: until when, by whom, why, and the way back. */
export function ShelfPage({ reservedKeys, onOpenDetail }: ShelfPageProps): ReactElement {
  const stores = useStores();
  const text = useStore(stores.console, (state) => state.filters.shelf);
  const order = useStore(stores.console, (state) => state.orders.shelf);
  const notLive = useReasonNotLive();
  const isKnown = useStore(stores.feed, (state) => state.isComplete) && notLive === null;
  const options = useMemo(() => shelfView(text, order), [text, order]);
  const view = useSortedView(options, stores.selection);
  useSyncExternalStore(view.subscribe, view.version);
  const hidden = view.hiddenCount();
  return (
    <>
      <FilterBar page="shelf" fields={FIELDS} hidden={hidden} />
      <div className="list">
        <VirtualGrid
          label="Shelved alarms"
          layout="shelf"
          source={view}
          columns={COLUMNS}
          order={order}
          selection={stores.selection}
          reservedKeys={reservedKeys}
          onSort={(column) => stores.console.columnChosen('shelf', column)}
          onOpen={onOpenDetail}
        />
        {view.count() === 0 ? <p className="empty">{emptyText(isKnown, hidden)}</p> : null}
      </div>
      <footer className="account">
        <span>
          {count(view.count())} of {count(view.count() + hidden)} shelved alarms shown. A timed
          shelf ends by itself.
        </span>
      </footer>
    </>
  );
}

function emptyText(isKnown: boolean, hidden: number): string {
  if (hidden > 0) {
    return `No shelved alarm passes the filter: it hides ${alarmsText(hidden)}. Clear the filter to see ${hidden === 1 ? 'it' : 'them'}.`;
  }
  return isKnown
    ? 'No alarm is shelved. To shelve one, select it among the alarms and press S.'
    : 'The log is not being followed to its end now. Nothing can be said of the shelf.';
}

function TimeLeft({ row }: { readonly row: AlarmRow }): ReactElement {
  const { shelvedUntilAt } = row;
  const text = useTimeText((nowAt) =>
    shelvedUntilAt === null ? 'until unshelved' : timeLeftText(shelvedUntilAt - nowAt),
  );
  // A selected row stays in the list when its shelf has ended.
  if (row.effective !== 'shelved') return <span className="dim">not shelved now</span>;
  return <span>{text}</span>;
}

function Until({ row }: { readonly row: AlarmRow }): ReactElement {
  const { shelvedUntilAt } = row;
  const text = useTimeText((nowAt) =>
    shelvedUntilAt === null ? '' : shortTimeText(shelvedUntilAt, nowAt),
  );
  if (shelvedUntilAt === null) return <span className="dim">–</span>;
  return <span title={fullTimeText(shelvedUntilAt)}>{text}</span>;
}

function Unshelve({ row }: { readonly row: AlarmRow }): ReactElement | null {
  const { commands } = useStores();
  const notLive = useReasonNotLive();
  const entry = useStore(commands, (state) => state.entries.get(row.name)?.state);
  if (entry === 'pending') return <span className="command">unshelving… pending</span>;
  if (row.effective !== 'shelved') return null;
  return (
    <Button
      kind="quiet"
      label={`Unshelve ${row.name}`}
      reasonOff={notLive}
      onPress={() => void commands.sent({ verb: 'unshelve', rows: [row] })}
    >
      Unshelve
    </Button>
  );
}
