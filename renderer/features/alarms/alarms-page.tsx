import { memo, type ReactElement, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { AlarmCounts } from '../../../core/effective-state/counts.ts';
import { alarmsView } from '../../stores/alarms-membership.ts';
import type { FilterField } from '../../stores/filter-grammar.ts';
import { useNow, useStores } from '../../stores/stores.tsx';
import { useSortedView } from '../../stores/use-sorted-view.ts';
import {
  AGE_COLUMN,
  BY_COLUMN,
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
import { count } from '../../ui/time-text.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { emptySentence } from './empty-sentence.ts';

/** What the alarms page needs of the frame around it. */
export interface AlarmsPageProps {
  readonly reservedKeys: string;
  readonly onOpenDetail: () => void;
}

const FIELDS: readonly FilterField[] = ['state', 'level', 'location', 'category'];

const COLUMNS: readonly GridColumn[] = [
  SHAPE_COLUMN,
  LEVEL_COLUMN,
  NAME_COLUMN,
  LOCATION_COLUMN,
  CATEGORY_COLUMN,
  SINCE_COLUMN,
  AGE_COLUMN,
  STATE_COLUMN,
  BY_COLUMN,
];

/** What is abnormal now: filter, table, and a line that accounts for every alarm. */
export function AlarmsPage({ reservedKeys, onOpenDetail }: AlarmsPageProps): ReactElement {
  const stores = useStores();
  const text = useStore(stores.console, (state) => state.filters.alarms);
  const order = useStore(stores.console, (state) => state.orders.alarms);
  const options = useMemo(() => alarmsView(text, order), [text, order]);
  const view = useSortedView(options, stores.selection);
  useSyncExternalStore(view.subscribe, view.version);
  return (
    <>
      <FilterBar page="alarms" fields={FIELDS} hidden={view.hiddenCount()} />
      <div className="list">
        <VirtualGrid
          label="Alarms"
          layout="alarms"
          source={view}
          columns={COLUMNS}
          order={order}
          selection={stores.selection}
          reservedKeys={reservedKeys}
          onSort={(column) => stores.console.columnChosen('alarms', column)}
          onOpen={onOpenDetail}
        />
        {view.count() === 0 ? <EmptyAlarms hidden={view.hiddenCount()} /> : null}
      </div>
      <Account
        shown={view.count() - view.outlivedCount()}
        hidden={view.hiddenCount()}
        outlived={view.outlivedCount()}
      />
    </>
  );
}

function EmptyAlarms({ hidden }: { readonly hidden: number }): ReactElement {
  const state = useStore(useStores().feed);
  return <p className="empty">{emptySentence(state, hidden, useNow())}</p>;
}

const Account = memo(function Account(props: {
  readonly shown: number;
  readonly hidden: number;
  readonly outlived: number;
}): ReactElement {
  const { shown, hidden, outlived } = props;
  const counts = useStore(useStores().feed, (state) => state.counts);
  const isComplete = useStore(useStores().feed, (state) => state.isComplete);
  if (!isComplete) {
    return <footer className="account">The alarms are counted when the log has been read.</footer>;
  }
  return (
    <footer className="account">
      <span>
        {count(shown)} of {count(shown + hidden)} abnormal shown
        {outlived === 0 ? '' : ` (and ${count(outlived)} kept in place while selected)`}
        {counts === null ? '' : ` · ${sumText(counts)}`}
      </span>
      <span className="account-keys">
        ↑↓ move · A acknowledge · S shelve · / filter · Ctrl+K find · ? keys
      </span>
    </footer>
  );
});

/** "248 registered + 1 not registered = 234 normal + 12 active + 3 shelved": both sides always agree. */
export function sumText(counts: AlarmCounts): string {
  const active = counts.unacknowledged + counts.acknowledged + counts.returned;
  const left = [
    `${count(counts.registered)} registered`,
    counts.notRegistered > 0 ? `${count(counts.notRegistered)} not registered` : '',
  ];
  const right = [
    `${count(counts.normal)} normal`,
    active > 0 ? `${count(active)} active` : '',
    counts.shelved > 0 ? `${count(counts.shelved)} shelved` : '',
    counts.suppressed > 0 ? `${count(counts.suppressed)} suppressed` : '',
    counts.outOfService > 0 ? `${count(counts.outOfService)} out of service` : '',
    counts.undecodable > 0 ? `${count(counts.undecodable)} undecodable` : '',
  ];
  return `${join(left)} = ${join(right)}`;
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' + ');
}
