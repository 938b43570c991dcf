import type { AlarmRow, EffectiveState } from '../../core/effective-state/alarm-row.ts';
import { matchesFilter, namesStates, parseFilter } from './filter-grammar.ts';
import type { SortOrder } from './row-order.ts';
import type { ViewOptions } from './sorted-view.ts';

const ABNORMAL: ReadonlySet<EffectiveState> = new Set([
  'unacknowledged',
  'returnedToNormalUnacknowledged',
  'acknowledged',
  'undecodable',
]);

/** Whether an alarm belongs on the alarms page by itself: abnormal and covered by nothing. */
export function isAbnormal(row: AlarmRow): boolean {
  return ABNORMAL.has(row.effective);
}

/** What the alarms page shows for a filter: what is abnormal; a filter that names states shows just those, covered ones too. */
export function alarmsView(filterText: string, order: SortOrder): ViewOptions {
  const filter = parseFilter(filterText);
  const isAnyState = namesStates(filter);
  const isShown = (row: AlarmRow): boolean =>
    (isAnyState || isAbnormal(row)) && matchesFilter(row, filter);
  return { isMember: isAbnormal, isShown, order };
}

/** What the definitions page shows: every registered alarm, whatever its state. */
export function definitionsView(filterText: string, order: SortOrder): ViewOptions {
  const filter = parseFilter(filterText);
  return {
    isMember: (row) => row.isRegistered,
    isShown: (row) => row.isRegistered && matchesFilter(row, filter),
    order,
  };
}

/** What the shelf page shows: what is shelved now. */
export function shelfView(filterText: string, order: SortOrder): ViewOptions {
  const filter = parseFilter(filterText);
  return {
    isMember: (row) => row.effective === 'shelved',
    isShown: (row) => row.effective === 'shelved' && matchesFilter(row, filter),
    order,
  };
}
