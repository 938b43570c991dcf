import { alarmsView, isAbnormal } from '../stores/alarms-membership.ts';
import type { Stores } from '../stores/stores.tsx';

/** Opens the page that an alarm is on, with nothing hiding it, and selects it. */
export function showAlarm(stores: Stores, name: string): void {
  const row = stores.feed.index.rowOf(name);
  if (row === undefined) return;
  const { filters, orders, page } = stores.console.getState();
  const isOnAlarms = alarmsView(filters.alarms, orders.alarms).isShown(row);
  if (isAbnormal(row) || isOnAlarms) {
    if (!isOnAlarms) stores.console.filterChanged('alarms', '');
    if (page !== 'alarms') stores.console.pageOpened('alarms');
  } else if (row.effective === 'shelved') {
    stores.console.filterChanged('shelf', '');
    stores.console.pageOpened('shelf');
  } else if (row.isRegistered) {
    stores.console.filterChanged('definitions', '');
    stores.console.pageOpened('definitions');
  } else {
    stores.console.filterChanged('alarms', `"${name}" state:normal`);
    stores.console.pageOpened('alarms');
  }
  stores.selection.chose(name);
}
